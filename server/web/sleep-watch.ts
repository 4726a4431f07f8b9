/** Notices that the machine slept: the register asks about its payments at once, not when a timer comes round. */

const LOOK_EVERY_MS = 2_000;
/** More than a busy machine is late; less than a person waits. */
const SLEPT_MS = 10_000;

/** Calls `onWake` when much more time has gone by than was waited for. The returned function ends that. */
export function watchForSleep(onWake: () => void, nowMs: () => number = Date.now): () => void {
  let lastMs = nowMs();
  const timer = setInterval(() => {
    const thisMs = nowMs();
    const slept = thisMs - lastMs > LOOK_EVERY_MS + SLEPT_MS;
    lastMs = thisMs;
    if (slept) onWake();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
