/** The machine's sleep: none while the register is open, and a look at every payment as soon as it is over. */
import type { PowerMonitor, PowerSaveBlocker } from 'electron';

/** Keeps the displays on. The returned function ends that; a second call does nothing. */
export function keepAwake(blocker: PowerSaveBlocker): () => void {
  const id = blocker.start('prevent-display-sleep');
  return () => {
    if (blocker.isStarted(id)) blocker.stop(id);
  };
}

/** Calls `onWake` when the machine wakes, and when its lock screen opens: the network may have been away just as well. */
export function watchWake(monitor: PowerMonitor, onWake: () => void): () => void {
  monitor.on('resume', onWake);
  monitor.on('unlock-screen', onWake);
  return () => {
    monitor.removeListener('resume', onWake);
    monitor.removeListener('unlock-screen', onWake);
  };
}
