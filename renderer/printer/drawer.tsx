/** The cash drawer under the printer: it slides out when the register opens it, and a hand pushes it shut. */
import { textsFor } from '../shared/use-texts.ts';
import type { Drawer } from './printer-service.ts';

interface DrawerBelowProps {
  readonly drawer: Drawer;
  readonly move: (to: Drawer) => void;
}

export function DrawerBelow({ drawer, move }: DrawerBelowProps) {
  const words = textsFor(undefined).printerPage.drawer;
  return (
    <section className="till-drawer" data-drawer={drawer} aria-label={words.title}>
      <div className="till-drawer-front" aria-hidden="true">
        <span className="till-drawer-inside">
          {[0, 1, 2, 3, 4].map((well) => (
            <span key={well} />
          ))}
        </span>
        <span className="till-drawer-lock" />
      </div>
      <div className="till-drawer-hands">
        <p role="status">
          <strong>{words.title}:</strong> {words.states[drawer]}
        </p>
        {drawer === 'open' ? (
          <button type="button" className="button" data-weight="primary" onClick={() => move('shut')}>
            {words.push}
          </button>
        ) : (
          <button type="button" className="button" onClick={() => move('open')}>
            {words.key}
          </button>
        )}
        {drawer === 'open' ? null : (
          <button type="button" className="button" data-weight="quiet" onClick={() => move(drawer === 'stuck' ? 'shut' : 'stuck')}>
            {drawer === 'stuck' ? words.free : words.jam}
          </button>
        )}
      </div>
    </section>
  );
}
