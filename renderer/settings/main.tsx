import { createRoot } from 'react-dom/client';
import { findBridge } from '../link/desktop-link.ts';
import { takeToken } from '../link/token.ts';
import { Unpaired } from '../shared/unpaired.tsx';
import { SettingsApp } from './app.tsx';
import { bridgeSettingsLink, type SettingsLink, webSettingsLink } from './settings-link.ts';

function chooseLink(): SettingsLink | null {
  const bridge = findBridge();
  if (bridge !== null) return bridge.role === 'cashier' ? bridgeSettingsLink(bridge) : null;
  const token = takeToken('manager');
  return token === null ? null : webSettingsLink(token);
}

const link = chooseLink();
const place = document.getElementById('root');
if (place !== null) createRoot(place).render(link === null ? <Unpaired /> : <SettingsApp link={link} />);
