/** What a screen shows when it was opened without its pairing link. */
import './base.css';
import './unpaired.css';
import { firstTextsFor } from './first-texts.ts';

export function Unpaired() {
  const texts = firstTextsFor(undefined);
  return (
    <main className="unpaired">
      <h1>{texts.noPairing}</h1>
      <p>{texts.noPairingHow}</p>
    </main>
  );
}
