/** `screen`: displays that a test plugs in, pulls out and resizes. */
import { EventEmitter } from 'node:events';
import type { Display, Rectangle, Screen } from 'electron';

type Checked = Pick<
  Screen,
  'getAllDisplays' | 'getPrimaryDisplay' | 'getDisplayMatching' | 'getDisplayNearestPoint' | 'getCursorScreenPoint'
>;

export interface DisplayFacts {
  readonly id: number;
  readonly label: string;
  readonly bounds: Rectangle;
  readonly internal: boolean;
  readonly scaleFactor: number;
}

const DISPLAY_SIZE = { width: 1280, height: 800 };

/** The n-th display of a machine, to the right of those before it. */
export function displayNumber(n: number): DisplayFacts {
  return {
    id: 1_000 + n,
    label: n === 1 ? 'Built-in' : `External ${n}`,
    bounds: { x: (n - 1) * DISPLAY_SIZE.width, y: 0, ...DISPLAY_SIZE },
    internal: n === 1,
    scaleFactor: 1,
  };
}

function displayOf({ id, label, bounds, internal, scaleFactor }: DisplayFacts): Display {
  const { x, y, width, height } = bounds;
  return {
    id,
    label,
    internal,
    scaleFactor,
    bounds: { x, y, width, height },
    workArea: { x, y, width, height },
    size: { width, height },
    workAreaSize: { width, height },
    nativeOrigin: { x, y },
    rotation: 0,
    accelerometerSupport: 'unknown',
    colorDepth: 24,
    colorSpace: '{primaries:BT709, transfer:SRGB, matrix:RGB, range:FULL}',
    depthPerComponent: 8,
    detected: true,
    displayFrequency: 60,
    maximumCursorSize: { width: 64, height: 64 },
    monochrome: false,
    touchSupport: 'unknown',
  };
}

const overlap = (a: Rectangle, b: Rectangle): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

export class DoubleScreen extends EventEmitter implements Checked {
  #displays: readonly DisplayFacts[];
  /** Hears of every change before the program does: windows are where the platform puts them by then. */
  onChange: () => void = () => {};

  constructor(count: number) {
    super();
    this.#displays = Array.from({ length: count }, (_, index) => displayNumber(index + 1));
  }

  getAllDisplays(): Display[] {
    return this.#displays.map(displayOf);
  }

  getPrimaryDisplay(): Display {
    const [first] = this.#displays;
    if (first === undefined) throw new Error('There is no display.');
    return displayOf(first);
  }

  getDisplayMatching(rect: Rectangle): Display {
    const best = [...this.#displays].sort((a, b) => overlap(b.bounds, rect) - overlap(a.bounds, rect))[0];
    return best === undefined || overlap(best.bounds, rect) === 0 ? this.getPrimaryDisplay() : displayOf(best);
  }

  getDisplayNearestPoint(point: Electron.Point): Display {
    return this.getDisplayMatching({ ...point, width: 1, height: 1 });
  }

  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 };
  }

  plug(facts: DisplayFacts): void {
    if (this.#displays.some(({ id }) => id === facts.id)) throw new Error(`Display ${facts.id} is plugged in already.`);
    this.#displays = [...this.#displays, facts];
    this.onChange();
    this.emit('display-added', {}, displayOf(facts));
  }

  unplug(id: number): void {
    const gone = this.#find(id);
    this.#displays = this.#displays.filter((display) => display.id !== id);
    this.onChange();
    this.emit('display-removed', {}, displayOf(gone));
  }

  resize(id: number, size: { readonly width: number; readonly height: number }, scaleFactor?: number): void {
    const before = this.#find(id);
    const after = { ...before, bounds: { ...before.bounds, ...size }, scaleFactor: scaleFactor ?? before.scaleFactor };
    this.#displays = this.#displays.map((display) => (display.id === id ? after : display));
    this.onChange();
    const changed = ['bounds', 'workArea', ...(after.scaleFactor === before.scaleFactor ? [] : ['scaleFactor'])];
    this.emit('display-metrics-changed', {}, displayOf(after), changed);
  }

  #find(id: number): DisplayFacts {
    const found = this.#displays.find((display) => display.id === id);
    if (found === undefined) throw new Error(`There is no display ${id}.`);
    return found;
  }
}
