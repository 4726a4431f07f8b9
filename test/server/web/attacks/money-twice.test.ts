import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { registerForTest, waitingPayment, writeConfiguration } from './attacked-register.ts';
import { HandMadeProvider } from './hand-made-provider.ts';

describe('a customer who takes another card after the first was refused', () => {
  it('gives no more than the sale still needs, also when the register was started again in between', async () => {
    const provider = await HandMadeProvider.start();
    const configFile = writeConfiguration(provider.configuration);
    const dataDir = temporaryFolder();
    const before = await registerForTest({ configFile, dataDir });
    const reference = await waitingPayment(before);
    provider.history.set(reference, [
      { operation: 'RESERVE', amount: 3_990, operationSuccess: false },
      { operation: 'INITIATE', amount: 3_990, operationSuccess: true, transactionId: '5001' },
    ]);
    await before.until((view) => view.stage.kind === 'payment' && view.stage.phase === 'not-paid');
    await before.must({ type: 'pay-cash', receivedOre: 1_000 });
    await before.kill();
    provider.add(reference, { operation: 'RESERVE', amount: 3_990, operationSuccess: true, transactionId: '5001' });

    const after = await registerForTest({ configFile, dataDir });
    await expect.poll(() => provider.history.get(reference)?.[0]?.operation, { timeout: 25_000 }).toBe('VOID');
    expect(provider.count('capture')).toBe(0);
    expect((await after.cashierView()).basket).toMatchObject({ paidOre: 1_000, dueOre: 2_990 });
    await after.must({ type: 'pay-cash', receivedOre: 3_000 });
    await after.until((view) => view.stage.kind === 'finished');
  });
});
