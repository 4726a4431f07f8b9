/** Who sells where, how the devices are, what time it is. When the till is gone the header says so: nothing else moves. */
import type { DeviceLight } from '../../app/till/contract.ts';
import { clockText, useTillTime } from '../shared/till-clock.ts';
import { useTill } from './use-till.ts';

function Clock() {
  const time = useTillTime(1_000, clockText);
  return <time className="header-clock">{time}</time>;
}

/** A shape for each state, so that colour is never alone. */
export function Light({ state }: { readonly state: DeviceLight['state'] }) {
  return (
    <svg className="light" data-state={state} viewBox="0 0 12 12" aria-hidden="true">
      {state === 'ok' ? <circle cx="6" cy="6" r="4" /> : null}
      {state === 'care' ? <path d="M6 1 11.500 10.500H.5z" /> : null}
      {state === 'down' ? <path d="M1.500 1.500h9v9h-9z" /> : null}
      {state === 'unknown' ? <circle className="light-hollow" cx="6" cy="6" r="3.500" /> : null}
    </svg>
  );
}

/** A drawer that is shut is like any piece of furniture; the page of the devices has it all the same. */
function isWorthSeeing({ device, state }: DeviceLight): boolean {
  return device !== 'drawer' || state === 'care' || state === 'down';
}

export function Header({ offline }: { readonly offline: boolean }) {
  const { till, view, texts } = useTill();
  const names = {
    printer: texts.header.printer,
    drawer: texts.header.drawer,
    scanner: texts.header.scanner,
    provider: view.brand.name,
    reservations: texts.header.reservations,
    'head-office': texts.header.headOffice,
  };
  const openDevices = () => till.open({ kind: 'menu', page: 'devices' });
  if (offline) {
    return (
      <header className="header" data-offline>
        <p role="alert">{texts.offline}</p>
        <Clock />
      </header>
    );
  }
  return (
    <header className="header">
      <p className="header-who">
        <strong>Tillit</strong>
        <span className="header-shop">{view.shopName}</span>
        <span className="header-register">
          {view.registerName} · {view.operator.name}
        </span>
      </p>
      {view.practice === null ? null : (
        <button type="button" className="practice-chip" onClick={openDevices}>
          {view.practice.text}
        </button>
      )}
      <button type="button" className="lights" onClick={openDevices}>
        <span className="sr-only">{texts.header.devices}:</span>
        {view.lights.filter(isWorthSeeing).map((light) => (
          <span key={light.device} className="light-row" data-state={light.state} title={light.text}>
            <Light state={light.state} />
            <span className="light-name">{light.state === 'ok' || light.state === 'unknown' ? names[light.device] : light.text}</span>
            <span className="sr-only">{texts.header.states[light.state]}</span>
          </span>
        ))}
      </button>
      <Clock />
    </header>
  );
}
