/** Chance that can be repeated: the same seed gives the same day. */
export interface Dice {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  /** @throws RangeError for an empty list. */
  pick<T>(list: readonly T[]): T;
  /** One of the names, each as likely as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  bytes(count: number): Uint8Array;
  /** Dice of their own, so that one part's throws do not move another's. */
  fork(): Dice;
}

/** The generator called sfc32: four words of state, quick, and good enough to play with. */
export function createDice(seed: number): Dice {
  let a = 0x9e3779b9 ^ seed;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let d = 1;
  const word = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 15; round += 1) word();
  const dice: Dice = {
    next: () => word() / 4_294_967_296,
    between: (least, most) => least + Math.floor(dice.next() * (most - least + 1)),
    chance: (probability) => dice.next() < probability,
    pick: (list) => {
      const [first] = list;
      if (first === undefined) throw new RangeError('nothing to pick from');
      return list[dice.between(0, list.length - 1)] ?? first;
    },
    weighted: <Name extends string>(weights: Readonly<Record<Name, number>>): Name => {
      const entries = Object.entries<number>(weights) as [Name, number][];
      let left = dice.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      throw new RangeError('every weight is zero');
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => word() & 0xff),
    fork: () => createDice(word()),
  };
  return dice;
}
