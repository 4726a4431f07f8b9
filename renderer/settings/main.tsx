import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { findBridge } from '../link/desktop-link.ts';
import { keepToken, takeToken } from '../link/token.ts';
import { Unpaired } from '../shared/unpaired.tsx';
import { SettingsApp } from './app.tsx';
import { AskKey } from './ask-key.tsx';
import { bridgeSettingsLink, type SettingsLink, webSettingsLink } from './settings-link.ts';

function WebSettings() {
  const [link, setLink] = useState<SettingsLink | null>(() => {
    const token = takeToken('manager');
    return token === null ? null : webSettingsLink(token);
  });
  if (link !== null) return <SettingsApp link={link} />;
  return (
    <AskKey
      onKey={async (key) => {
        const opened = webSettingsLink(key);
        const answer = await opened.ask({ type: 'read' }).catch(() => null);
        if (answer?.ok !== true) return false;
        keepToken('manager', key);
        setLink(opened);
        return true;
      }}
    />
  );
}

const bridge = findBridge();
const place = document.getElementById('root');
if (place !== null) {
  createRoot(place).render(
    bridge === null ? <WebSettings /> : bridge.role === 'cashier' ? <SettingsApp link={bridgeSettingsLink(bridge)} /> : <Unpaired />,
  );
}
