import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { languageOr } from '../shared/first-texts.ts';
import { type Look, OfficeApp } from './app.tsx';
import { webOfficeLink } from './office-link.ts';

const KEPT = 'tillit-head-office-look';

/** As this browser's user chose it last; before that, as the machine is set. */
function firstLook(): Look {
  const ownLook: Look = {
    language: languageOr(undefined),
    theme: window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  };
  const [language, theme] = (window.localStorage.getItem(KEPT) ?? '').split(' ');
  return {
    language: language === 'nb' || language === 'en' ? language : ownLook.language,
    theme: theme === 'light' || theme === 'dark' ? theme : ownLook.theme,
  };
}

function Office() {
  const [look, setLook] = useState(firstLook);
  const change = (next: Look) => {
    window.localStorage.setItem(KEPT, `${next.language} ${next.theme}`);
    setLook(next);
  };
  return <OfficeApp link={webOfficeLink} look={look} onLook={change} />;
}

const place = document.getElementById('root');
if (place !== null) createRoot(place).render(<Office />);
