/** What a cashier needs now and then: each thing one page, one way back. */
import type { ReactNode } from 'react';
import {
  DeviceIcon,
  DrawerIcon,
  ForwardIcon,
  ListIcon,
  PaperIcon,
  PauseIcon,
  PercentIcon,
  PersonIcon,
  ReturnIcon,
  ScreenIcon,
  SearchIcon,
  SplitIcon,
  TrashIcon,
} from '../shared/icons.tsx';
import { Catalogue } from './menu-catalogue.tsx';
import { Copies } from './menu-copies.tsx';
import { OpenDrawer } from './menu-drawer.tsx';
import { Devices, Operators, Queue, Screens } from './menu-pages.tsx';
import { isEmptyBasket, type MenuPage, type Pane, returnForm, TILES } from './pane.ts';
import { PaneFrame } from './pane-frame.tsx';
import { useTill } from './use-till.ts';

export function Menu({ page }: { readonly page: MenuPage }) {
  const { till, texts } = useTill();
  if (page === 'root') {
    return (
      <PaneFrame title={texts.menu.title} back={texts.menu.close} onBack={() => till.open(TILES)} focusTitle>
        <Root />
      </PaneFrame>
    );
  }
  const back = () => till.open({ kind: 'menu', page: 'root' });
  return (
    <PaneFrame key={page} title={texts.menu[page]} back={texts.menu.back} onBack={back} focusTitle>
      <Page page={page} />
    </PaneFrame>
  );
}

function Page({ page }: { readonly page: Exclude<MenuPage, 'root'> }) {
  switch (page) {
    case 'drawer':
      return <OpenDrawer />;
    case 'operator':
      return <Operators />;
    case 'screens':
      return <Screens />;
    case 'copies':
      return <Copies />;
    case 'queue':
      return <Queue />;
    case 'catalogue':
      return <Catalogue />;
    case 'devices':
      return <Devices />;
  }
}

interface ItemProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly note?: string | undefined;
  readonly to: Pane;
  readonly disabled?: boolean;
}

function Item({ icon, label, note, to, disabled = false }: ItemProps) {
  const { till } = useTill();
  return (
    <li>
      <button type="button" className="menu-item" disabled={disabled} onClick={() => till.open(to)}>
        {icon}
        <span className="menu-label">{label}</span>
        {note === undefined ? null : <span className="menu-note">{note}</span>}
        <ForwardIcon />
      </button>
    </li>
  );
}

function Root() {
  const { view, texts } = useTill();
  const sale = view.stage.kind === 'selling' && view.basket !== null && view.basket.lines.length > 0;
  const open = view.stage.kind === 'selling' && !isEmptyBasket(view.basket);
  const counted = (count: number) => (count === 0 ? undefined : String(count));
  return (
    <div className="menu menu-columns">
      <section aria-labelledby="menu-sale">
        <h3 id="menu-sale">{texts.menu.thisSale}</h3>
        <ul>
          <Item icon={<PercentIcon />} label={texts.menu.saleDiscount} to={{ kind: 'sale-discount' }} disabled={!sale} />
          <Item icon={<SplitIcon />} label={texts.menu.split} to={{ kind: 'pay', means: 'vipps' }} disabled={!sale} />
          <Item
            icon={<ReturnIcon />}
            label={texts.returns.title}
            note="F6"
            to={{ kind: 'return', form: returnForm() }}
            disabled={view.stage.kind !== 'selling'}
          />
          <Item icon={<TrashIcon />} label={texts.menu.abort} to={{ kind: 'abort' }} disabled={!open} />
        </ul>
      </section>
      <section aria-labelledby="menu-register">
        <h3 id="menu-register">{texts.menu.register}</h3>
        <ul>
          {view.drawer === null ? null : (
            <Item icon={<DrawerIcon />} label={texts.menu.drawer} note="F7" to={{ kind: 'menu', page: 'drawer' }} />
          )}
          <Item
            icon={<PauseIcon />}
            label={texts.menu.parked}
            note={counted(view.parked.length + view.returnWishes.length + view.returnsAside.length)}
            to={{ kind: 'parked' }}
            disabled={view.stage.kind !== 'selling'}
          />
          <Item icon={<PaperIcon />} label={texts.menu.copies} to={{ kind: 'menu', page: 'copies' }} />
          <Item icon={<SearchIcon />} label={texts.menu.payments} to={{ kind: 'payments', text: '' }} />
          <Item icon={<ListIcon />} label={texts.menu.queue} note={counted(view.printQueue.length)} to={{ kind: 'menu', page: 'queue' }} />
          <Item icon={<PersonIcon />} label={texts.menu.operator} note={view.operator.name} to={{ kind: 'menu', page: 'operator' }} />
          <Item icon={<ScreenIcon />} label={texts.menu.screens} to={{ kind: 'menu', page: 'screens' }} />
          <Item icon={<DeviceIcon />} label={texts.menu.devices} to={{ kind: 'menu', page: 'devices' }} />
          <Item icon={<ListIcon />} label={texts.menu.catalogue} to={{ kind: 'menu', page: 'catalogue' }} />
          <li>
            {/* The manager's own page: a window of its own in the desktop program, and in a browser it asks for the manager's key. */}
            <a className="menu-item" href="/settings" target="_blank" rel="noreferrer">
              <PersonIcon />
              <span className="menu-label">{texts.menu.settings}</span>
              <ForwardIcon />
            </a>
          </li>
        </ul>
      </section>
    </div>
  );
}
