/** Runs long work between everything else that a register does. */
import type { Steps } from '../catalog/steps.ts';
import type { Timers } from './ports.ts';

/** The register stopped in the middle; what the steps had begun does not stand. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/**
 * Runs the steps, and lets everything else that is due happen between two of them. The first is done at once, so that
 * work of one step is over when this returns.
 * @param goesOn asked before each further step. @throws StoppedError when it says no; and what a step throws.
 */
export async function runInSteps<T>(steps: Steps<T>, timers: Timers, goesOn: () => boolean): Promise<T> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    await new Promise<void>((resolve) => {
      timers.after(0, resolve);
    });
    if (!goesOn()) throw new StoppedError('the register stopped before it was done');
  }
}
