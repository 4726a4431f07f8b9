/** Nobody is being served: the shop says its name under its own awning. */
import { Awning } from './awning.tsx';

interface IdleProps {
  readonly shopName: string;
  readonly greeting: string;
}

export function Idle({ shopName, greeting }: IdleProps) {
  return (
    <section className="idle">
      <Awning />
      <div className="idle-words">
        <h1 className="shop-name" data-long={shopName.length > 22 || undefined}>
          {shopName}
        </h1>
        <p className="idle-greeting">{greeting}</p>
      </div>
    </section>
  );
}

interface MomentProps {
  readonly shopName: string;
  readonly text: string;
}

/** The line to the till is gone, or is not there yet. */
export function Moment({ shopName, text }: MomentProps) {
  return (
    <section className="idle">
      <Awning />
      <div className="idle-words">
        <h1 className="shop-name" data-long={shopName.length > 22 || undefined}>
          {shopName}
        </h1>
        <p className="idle-greeting" role="status">
          {text}
          <span className="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
        </p>
      </div>
    </section>
  );
}
