import { splitOre } from '../../app/money/format.ts';
import type { Language } from '../../app/till/contract.ts';
import { Drawn } from './drawn.tsx';

interface OreProps {
  readonly ore: number;
  readonly language: Language;
  readonly size?: 'hero' | 'text';
  readonly className?: string;
}

/** Draws an amount in øre with the øre small. */
export function Ore({ ore, language, size = 'text', className = '' }: OreProps) {
  return <Drawn amount={splitOre(ore, language)} size={size} className={className} />;
}
