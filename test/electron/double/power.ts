/** `powerSaveBlocker`, and `powerMonitor` with a lid that a test opens and closes. */
import { EventEmitter } from 'node:events';
import type { PowerMonitor, PowerSaveBlocker } from 'electron';

export class DoublePowerSaveBlocker implements PowerSaveBlocker {
  readonly #running = new Map<number, 'prevent-app-suspension' | 'prevent-display-sleep'>();
  #started = 0;

  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number {
    this.#started += 1;
    this.#running.set(this.#started, type);
    return this.#started;
  }

  stop(id: number): boolean {
    return this.#running.delete(id);
  }

  isStarted(id: number): boolean {
    return this.#running.has(id);
  }

  /** What is being held awake now. */
  get held(): readonly string[] {
    return [...this.#running.values()];
  }
}

export class DoublePowerMonitor extends EventEmitter implements Pick<PowerMonitor, 'getSystemIdleTime' | 'isOnBatteryPower'> {
  readonly onBatteryPower = false;

  getSystemIdleTime(): number {
    return 0;
  }

  isOnBatteryPower(): boolean {
    return false;
  }
}
