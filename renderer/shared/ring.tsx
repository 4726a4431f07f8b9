/** A ring that empties while time runs out, with the time in it. */
import { minutesLeft, shareLeft, useTillTime } from './till-clock.ts';

const RADIUS = 21;
const LENGTH = 2 * Math.PI * RADIUS;

interface RingProps {
  readonly expiresAtMs: number;
  readonly totalMs: number;
  /** "Time left {time}" with the time filled in, for screen readers. */
  readonly label: (time: string) => string;
}

export function CountdownRing({ expiresAtMs, totalMs, label }: RingProps) {
  const time = useTillTime(250, (nowMs) => minutesLeft(expiresAtMs - nowMs));
  const share = useTillTime(250, (nowMs) => Math.round(shareLeft(expiresAtMs - nowMs, totalMs) * 1_000) / 1_000);
  return (
    <span className="ring" role="timer" aria-label={label(time)}>
      <svg viewBox="0 0 48 48" aria-hidden="true">
        <circle className="ring-track" cx="24" cy="24" r={RADIUS} />
        <circle
          className="ring-left"
          cx="24"
          cy="24"
          r={RADIUS}
          strokeDasharray={`${LENGTH * share} ${LENGTH}`}
          transform="rotate(-90 24 24)"
        />
      </svg>
      <span className="ring-time" aria-hidden="true">
        {time}
      </span>
    </span>
  );
}

/** The same ring while nobody knows how long it takes. It always stands beside words. */
export function BusyRing() {
  return (
    <span className="ring" data-busy>
      <svg viewBox="0 0 48 48" aria-hidden="true">
        <circle className="ring-track" cx="24" cy="24" r={RADIUS} />
        <circle className="ring-left" cx="24" cy="24" r={RADIUS} strokeDasharray={`${LENGTH * 0.28} ${LENGTH}`} />
      </svg>
    </span>
  );
}
