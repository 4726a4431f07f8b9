import { phoneClient } from './client.ts';
import { phoneExtras } from './client-extras.ts';
import { phoneStyle } from './style.ts';
import { type PhoneLanguage, phoneTexts } from './texts.ts';

/** The phone's page, whole: nothing else is loaded. `nonce` is what the content security policy lets run. */
export function phonePage(language: PhoneLanguage, nonce: string): string {
  const texts = phoneTexts[language];
  const data = JSON.stringify(phoneTexts).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="${language === 'no' ? 'nb' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${texts.title}</title>
<style nonce="${nonce}">${phoneStyle}</style>
</head>
<body>
<div class="phone">
<header>
<div class="bar">
<span data-clock></span>
<div class="languages" role="group" aria-label="${texts.language}">
<button type="button" data-language="no" aria-pressed="${language === 'no'}" lang="nb">Norsk</button>
<button type="button" data-language="en" aria-pressed="${language === 'en'}" lang="en">English</button>
</div>
</div>
<div class="brand"><strong data-text="title">${texts.title}</strong><span class="badge" data-text="practice">${texts.practice}</span></div>
</header>
<p data-notice role="status" hidden></p>
<div data-push role="status" hidden></div>
<main class="list" aria-live="polite"></main>
</div>
<script nonce="${nonce}">(${phoneClient.toString()})(${data}, ${JSON.stringify(language)}, ${phoneExtras.toString()});</script>
</body>
</html>
`;
}
