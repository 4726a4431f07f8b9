import type { DrawnAmount } from '../../app/till/contract.ts';

interface DrawnProps {
  readonly amount: DrawnAmount;
  readonly size?: 'hero' | 'text';
  readonly className?: string;
}

/** Draws an amount with small øre; screen readers get the whole text. */
export function Drawn({ amount, size = 'text', className = '' }: DrawnProps) {
  return (
    <span className={`amount ${className}`} data-size={size}>
      <span aria-hidden="true">
        {amount.major}
        <span className="amount-minor">{amount.minor}</span>
      </span>
      <span className="sr-only">{amount.text}</span>
    </span>
  );
}
