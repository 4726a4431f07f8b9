/** Long work in steps, so that whoever runs it can do other things between two of them. */

/** Work that gives way now and then, and comes to a `T`. Dropping it between two steps leaves nothing to clean up. */
export type Steps<T> = Generator<void, T>;

/** How many rows are one step: some ten milliseconds on a slow till. Less than that is done without giving way. */
export const ROWS_A_STEP = 250;

/** Does all of it at once, for work that is small or that nobody waits beside. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Calls back for each item, and gives way after every `rowsAStep`. */
export function* eachInSteps<Item>(
  items: Iterable<Item>,
  take: (item: Item, index: number) => void,
  rowsAStep: number = ROWS_A_STEP,
): Steps<void> {
  let index = 0;
  for (const item of items) {
    if (index > 0 && index % rowsAStep === 0) yield;
    take(item, index);
    index += 1;
  }
}
