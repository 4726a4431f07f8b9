/** The foot of a question or a form: the way back at the left, the way on at the right, where there is one. */
import type { CSSProperties } from 'react';

export interface EntryButton {
  readonly label: string;
  readonly onPress: () => void;
  readonly disabled?: boolean;
  /** It throws something away. */
  readonly weight?: 'bad';
}

interface EntryButtonsProps {
  /** `null`: there is nothing to go back from. */
  readonly back: EntryButton | null;
  /** Where the way back is an answer itself, Escape does not give it. */
  readonly backIsAnAnswer?: boolean;
  readonly on?: EntryButton;
  /** What the way on looks like where it is the brand's own. */
  readonly brand?: CSSProperties;
  /** Whether Enter presses the way on. */
  readonly enter?: boolean;
}

export function EntryButtons({ back, backIsAnAnswer = false, on, brand, enter = true }: EntryButtonsProps) {
  return (
    <div className="entry-buttons">
      {back === null ? null : (
        <button
          type="button"
          className="button"
          data-size="large"
          data-weight={back.weight}
          data-back={backIsAnAnswer ? undefined : true}
          disabled={back.disabled}
          onClick={back.onPress}
        >
          {back.label}
        </button>
      )}
      {on === undefined ? null : (
        <button
          type="button"
          className={brand === undefined ? 'button' : 'button brand-button'}
          data-size="large"
          data-weight={brand === undefined ? 'primary' : undefined}
          data-primary={enter || undefined}
          style={brand}
          disabled={on.disabled}
          onClick={on.onPress}
        >
          {on.label}
        </button>
      )}
    </div>
  );
}
