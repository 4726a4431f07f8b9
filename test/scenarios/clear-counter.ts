import { setTimeout as pause } from 'node:timers/promises';
import type { RunningRegister } from '../support/running-register.ts';

const MOST_TRIES = 100;
const PAYMENT_STEP_MS = 200;

/** Puts the register back to *ready for the next customer*, whatever was left on it. Without clicks: it is not what is tested. */
export async function clearCounter(register: RunningRegister): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { prompt, stage, basket, parked } = await register.cashierView();
    if (prompt?.kind === 'weight') await register.command({ type: 'dismiss' });
    else if (prompt?.kind === 'age') await register.command({ type: 'answer-age', oldEnough: false });
    else if (prompt?.kind === 'paper') await register.command({ type: 'answer-print', jobId: prompt.jobId, paperCame: true });
    else if (stage.kind === 'payment') {
      const [first] = stage.buttons.filter(({ command }) => command.type !== 'pay-vipps' && command.type !== 'check-payment');
      if (first !== undefined) await register.command(first.command);
      // Ending a payment takes the provider's answers.
      await pause(PAYMENT_STEP_MS);
    } else if (stage.kind === 'finished') {
      if (stage.canDecline) await register.command({ type: 'decline-receipt' });
      await register.command({ type: 'next-customer' });
    } else if (basket !== null && basket.lines.length > 0) {
      for (const tender of basket.tenders) await register.command({ type: 'return-tender', tenderId: tender.tenderId });
      await register.command({ type: 'abort-sale' });
    } else {
      const [waiting] = parked;
      if (waiting === undefined) return;
      await register.command({ type: 'resume-sale', saleId: waiting.saleId });
    }
  }
  throw new Error('The counter could not be cleared.');
}
