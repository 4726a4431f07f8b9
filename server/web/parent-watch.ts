/**
 * Ends with npm. When `npm run web` is told to stop, npm tells its shell, and the shell dies without telling anyone:
 * the register would go on alone and hold its data folder. It notices that its parent is another one now.
 */

const LOOK_EVERY_MS = 100;

/** Calls `onGone` once when the process that npm started this one through is gone. Does nothing without npm. */
export function watchNpm(onGone: () => void, environment: Readonly<Record<string, string | undefined>> = process.env): void {
  if (environment.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
}
