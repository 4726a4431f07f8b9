/** Two soft notes, again and again while something must be seen to. Only where the shop wants to hear it. */
import { useEffect } from 'react';

const EVERY_MS = 6_000;
const NOTES_HZ = [660, 520] as const;
const NOTE_S = 0.22;
const LOUDNESS = 0.12;

function play(context: AudioContext): void {
  for (const [index, hertz] of NOTES_HZ.entries()) {
    const startS = context.currentTime + index * NOTE_S;
    const note = new OscillatorNode(context, { type: 'sine', frequency: hertz });
    const volume = new GainNode(context, { gain: 0 });
    // A tone that begins or ends at once clicks.
    volume.gain.setValueAtTime(0, startS);
    volume.gain.linearRampToValueAtTime(LOUDNESS, startS + 0.03);
    volume.gain.linearRampToValueAtTime(0, startS + NOTE_S);
    note.connect(volume).connect(context.destination);
    note.start(startS);
    note.stop(startS + NOTE_S);
  }
}

/** Sounds while `on`. A browser that allows no sound before the first tap stays silent: the screen says it all the same. */
export function useAlarmTone(on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const context = new AudioContext();
    play(context);
    const again = window.setInterval(() => play(context), EVERY_MS);
    return () => {
      window.clearInterval(again);
      void context.close();
    };
  }, [on]);
}
