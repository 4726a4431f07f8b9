import '../shared/base.css';
import '../shared/controls.css';
import './gallery.css';
import type { Language, Theme } from '../../app/till/contract.ts';
import { usePage } from '../shared/use-page.ts';

interface IndexProps {
  readonly screens: Readonly<Record<string, readonly string[]>>;
  readonly language: Language;
  readonly theme: Theme;
}

/** The list of all states, each as a small picture of itself. */
export function Index({ screens, language, theme }: IndexProps) {
  usePage(language, theme, 'Tillit · Gallery');
  const address = (screen: string, state: string) => `gallery.html?screen=${screen}&state=${state}&lang=${language}&theme=${theme}`;
  const change = (lang: Language, look: Theme) => `gallery.html?lang=${lang}&theme=${look}`;
  return (
    <main className="gallery">
      <header>
        <h1>Gallery</h1>
        <nav className="gallery-changes">
          <a className="button" href={change(language === 'nb' ? 'en' : 'nb', theme)}>
            {language === 'nb' ? 'English' : 'Bokmål'}
          </a>
          <a className="button" href={change(language, theme === 'light' ? 'dark' : 'light')}>
            {theme === 'light' ? 'Dark' : 'Light'}
          </a>
        </nav>
      </header>
      {Object.entries(screens).map(([screen, states]) => (
        <section key={screen} aria-labelledby={`screen-${screen}`}>
          <h2 id={`screen-${screen}`}>{screen}</h2>
          <ul className="gallery-states">
            {states.map((state) => (
              <li key={state}>
                <a href={address(screen, state)} data-screen={screen} data-state={state}>
                  <span className="gallery-frame" aria-hidden="true">
                    <iframe src={address(screen, state)} title={state} tabIndex={-1} loading="lazy" />
                  </span>
                  {state}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </main>
  );
}
