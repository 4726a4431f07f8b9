/** Head office's page: who is signed in, where in it they are, and the page of that place. */
import '../shared/base.css';
import '../shared/controls.css';
import './head-office.css';
import './tables.css';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { Me } from '../../app/head-office/page-contract.ts';
import { headOfficePageTexts } from '../../app/text/head-office-page.ts';
import type { Language, Theme } from '../../app/till/contract.ts';
import { usePage } from '../shared/use-page.ts';
import { AlarmsPage } from './alarms-page.tsx';
import type { OfficeLink } from './office-link.ts';
import { OpenPage } from './open-page.tsx';
import { OrderPage } from './order-page.tsx';
import { OverviewPage } from './overview-page.tsx';
import { addressOf, PAGES, type PageName, type Place, usePlace } from './place.ts';
import { PublicationPage } from './publication-page.tsx';
import { PublishedPage } from './published-page.tsx';
import { RefundPage } from './refund-page.tsx';
import { RefundsPage } from './refunds-page.tsx';
import { SearchPage } from './search-page.tsx';
import { SettlementPage } from './settlement-page.tsx';
import { SignIn } from './sign-in.tsx';
import { StorePage } from './store-page.tsx';
import { OfficeContext, OverviewContext, useAnswer, useOffice } from './use-office.ts';

export interface Look {
  readonly language: Language;
  readonly theme: Theme;
}

interface OfficeAppProps {
  readonly link: OfficeLink;
  readonly look: Look;
  readonly onLook: (look: Look) => void;
  /** Where it stands still; for pictures. */
  readonly place?: string;
}

type Session =
  | { readonly state: 'asking' }
  | { readonly state: 'out'; readonly why: 'lost' | 'not-signed-in' | null }
  | { readonly state: 'in'; readonly me: Me };

export function OfficeApp({ link, look, onLook, place: fixed }: OfficeAppProps) {
  const texts = headOfficePageTexts[look.language];
  const [session, setSession] = useState<Session>({ state: 'asking' });
  const place = usePlace(fixed ?? null);
  const titles: Readonly<Record<string, string>> = texts.pages;
  usePage(look.language, look.theme, `Tillit · ${titles[place.page] ?? texts.title}`);
  useEffect(() => {
    void link.ask('me', {}).then((told) => {
      if (told.ok) setSession({ state: 'in', me: told.answer });
      else setSession({ state: 'out', why: told.code === 'lost' ? 'lost' : null });
    });
  }, [link]);
  const onSignedOut = useCallback(() => setSession({ state: 'out', why: 'not-signed-in' }), []);
  const me = session.state === 'in' ? session.me : null;
  const office = useMemo(
    () => (me === null ? null : { link, texts, language: look.language, me, onSignedOut }),
    [link, texts, look.language, me, onSignedOut],
  );
  if (session.state === 'asking') {
    return (
      <main className="sign-in">
        <p className="hint">{texts.loading}</p>
      </main>
    );
  }
  if (session.state === 'out' || office === null) {
    const why = session.state === 'out' && session.why !== null ? texts.problems[session.why] : null;
    return <SignIn link={link} texts={texts} why={why} onSignedIn={(person) => setSession({ state: 'in', me: person })} />;
  }
  return (
    <OfficeContext value={office}>
      <Pages place={place} look={look} onLook={onLook} onLeft={() => setSession({ state: 'out', why: null })} />
    </OfficeContext>
  );
}

interface PagesProps {
  readonly place: Place;
  readonly look: Look;
  readonly onLook: (look: Look) => void;
  readonly onLeft: () => void;
}

/** The list on the left under which a place is. */
const UNDER: Readonly<Record<Place['page'], PageName>> = {
  overview: 'overview',
  search: 'search',
  refunds: 'refunds',
  settlement: 'settlement',
  open: 'open',
  alarms: 'alarms',
  store: 'overview',
  order: 'search',
  refund: 'refunds',
  published: 'published',
  publication: 'published',
};

function Pages({ place, look, onLook, onLeft }: PagesProps) {
  const { link, texts, me } = useOffice();
  const overview = useAnswer('overview', {}, true);
  const { shown } = overview;
  const counts =
    shown.state === 'here' ? { alarms: shown.answer.openAlarms, open: shown.answer.reserved.count + shown.answer.sending.count } : null;
  const countOf = (name: PageName) => (name === 'alarms' ? counts?.alarms : name === 'open' ? counts?.open : 0) ?? 0;
  const leave = async () => {
    await link.ask('sign-out', {});
    onLeft();
  };
  return (
    <div className="office">
      <nav className="office-nav" aria-label={texts.title}>
        <h1>{texts.title}</h1>
        <ul>
          {PAGES.map((name) => (
            <li key={name}>
              <a className="office-link" href={addressOf(name)} aria-current={UNDER[place.page] === name ? 'page' : undefined}>
                <span>{texts.pages[name]}</span>
                {countOf(name) === 0 ? null : (
                  <span className="count figures" data-tone={name === 'alarms' ? 'bad' : 'care'}>
                    {countOf(name)}
                  </span>
                )}
              </a>
            </li>
          ))}
        </ul>
        <div className="office-foot">
          <p className="hint">
            {me.name} · {texts.signIn.roles[me.role]}
          </p>
          <div className="office-foot-buttons">
            <button type="button" className="button" data-size="small" onClick={() => void leave()}>
              {texts.signIn.leave}
            </button>
            <button
              type="button"
              className="button"
              data-size="small"
              data-weight="quiet"
              lang={look.language === 'nb' ? 'en' : 'nb'}
              onClick={() => onLook({ ...look, language: look.language === 'nb' ? 'en' : 'nb' })}
            >
              {texts.look.other}
            </button>
            <button
              type="button"
              className="button"
              data-size="small"
              data-weight="quiet"
              onClick={() => onLook({ ...look, theme: look.theme === 'dark' ? 'light' : 'dark' })}
            >
              {look.theme === 'dark' ? texts.look.light : texts.look.dark}
            </button>
          </div>
        </div>
      </nav>
      <main className="office-body">
        <OverviewContext value={overview}>{pageOf(place)}</OverviewContext>
      </main>
    </div>
  );
}

function pageOf(place: Place): ReactNode {
  switch (place.page) {
    case 'overview':
      return <OverviewPage />;
    case 'search':
      return <SearchPage fields={place.fields} />;
    case 'refunds':
      return <RefundsPage fields={place.fields} />;
    case 'settlement':
      return <SettlementPage fields={place.fields} />;
    case 'open':
      return <OpenPage />;
    case 'alarms':
      return <AlarmsPage />;
    case 'published':
      return <PublishedPage />;
    case 'publication':
      return <PublicationPage key={place.id} version={Number(place.id)} />;
    case 'store':
      return <StorePage key={place.id} storeId={place.id} />;
    case 'order':
      return <OrderPage key={place.id} orderId={place.id} />;
    case 'refund':
      return <RefundPage key={place.id} refundId={place.id} />;
  }
}
