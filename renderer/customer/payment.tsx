import type { Brand, CustomerScreen } from '../../app/till/contract.ts';
import { Drawn } from '../shared/drawn.tsx';
import { minutesLeft, shareLeft, useTillTime } from '../shared/till-clock.ts';
import { Lines } from './lines.tsx';
import { Qr } from './qr.tsx';

interface PaymentProps {
  readonly shopName: string;
  readonly brand: Brand;
  readonly screen: Extract<CustomerScreen, { kind: 'qr' }>;
  readonly qrAlt: string;
  readonly moment: string;
}

/** The QR and the time that it is good for. When the time is over the picture goes, whether the till has said so or not. */
export function Payment({ shopName, brand, screen, qrAlt, moment }: PaymentProps) {
  const time = useTillTime(250, (nowMs) => minutesLeft(screen.expiresAtMs - nowMs));
  const share = useTillTime(250, (nowMs) => Math.round(shareLeft(screen.expiresAtMs - nowMs, screen.totalMs) * 1_000) / 1_000);
  const over = useTillTime(250, (nowMs) => nowMs >= screen.expiresAtMs);
  // The shop's name is the first heading where the lines are shown.
  const Title = screen.lines.length === 0 ? 'h1' : 'h2';
  return (
    <div className="split" data-alone={screen.lines.length === 0 || undefined}>
      {screen.lines.length === 0 ? null : <Lines shopName={shopName} lines={screen.lines} newestLineId={null} />}
      <section className="side-panel">
        <div className="qr-panel">
          <p className="qr-amount">
            <span className="total-label">{screen.totalLabel}</span>
            <Drawn amount={screen.amount} size="hero" />
            {screen.reserved === undefined ? null : <span className="reserved">{screen.reserved}</span>}
          </p>
          {over ? <p className="qr-over">{moment}</p> : <Qr qr={screen.qr} label={qrAlt} />}
          <div className="qr-words">
            <Title className="qr-title">{screen.title}</Title>
            <div className="qr-bar" aria-hidden="true">
              <div style={{ transform: `scaleX(${share})`, background: brand.background }} />
            </div>
            <p className="qr-time" role="timer">
              {screen.countdownText.replace('{time}', time)}
            </p>
          </div>
        </div>
      </section>
    </div>
  );
}
