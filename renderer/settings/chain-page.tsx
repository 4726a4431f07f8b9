/** The chain that the register is in: how the line to head office is, and the code that lets the register in. */
import { type FormEvent, useEffect, useId, useState } from 'react';
import { fill } from '../../app/text/screen.ts';
import type { ChainView } from '../../app/till/settings.ts';
import { DeviceCard } from './device-parts.tsx';
import { TextField } from './fields.tsx';
import { useAsking, useSettings } from './use-section.ts';

/** What goes on at head office is seen within a moment. */
const LOOK_EVERY_MS = 2_000;

/** How it stands, looked at again and again while the page is open; a look that nobody answers changes nothing. */
function useChain() {
  const { link } = useSettings();
  const [chain, setChain] = useState<ChainView | null>(null);
  useEffect(() => {
    let stopped = false;
    let timer: number | undefined;
    const look = () => {
      link
        .ask({ type: 'chain' })
        .then(
          (answer) => {
            if (!stopped && answer.ok && answer.type === 'chain') setChain(answer.chain);
          },
          () => {},
        )
        .finally(() => {
          if (!stopped) timer = window.setTimeout(look, LOOK_EVERY_MS);
        });
    };
    look();
    return () => {
      stopped = true;
      window.clearTimeout(timer);
    };
  }, [link]);
  return { chain, setChain };
}

export function ChainPage() {
  const { texts } = useSettings();
  const { chain, setChain } = useChain();
  const { ask, said, setSaid, busy } = useAsking();
  const words = texts.chain;
  const change = async (request: Parameters<typeof ask>[0], waiting: string, done: string) => {
    const answer = await ask(request, waiting);
    if (answer?.ok !== true || answer.type !== 'chain') return;
    setChain(answer.chain);
    setSaid({ tone: 'good', field: null, message: done });
  };
  return (
    <div className="sheet">
      <div className="sheet-fields">
        <DeviceCard title={words.card} look={chain?.look ?? null} none={words.asking}>
          {chain?.canRetry === true ? (
            <div className="device-buttons">
              <button
                type="button"
                className="button"
                aria-disabled={busy}
                onClick={() => void (busy ? null : change({ type: 'retry-chain' }, words.asking, ''))}
              >
                {words.retry}
              </button>
            </div>
          ) : null}
        </DeviceCard>
        {chain === null || chain.published === null ? null : <DeviceCard title={texts.published.card} look={chain.published} />}
        {chain?.canEnrol === true ? (
          <EnrolForm
            chain={chain}
            said={said}
            busy={busy}
            onEnrol={(address, code) => change({ type: 'enrol', address, code }, words.connecting, words.connected)}
          />
        ) : null}
      </div>
      <div className="sheet-foot">
        <p className="said" role="status" data-tone={said?.tone}>
          {said === null || said.field !== null ? '' : said.message}
        </p>
      </div>
    </div>
  );
}

interface EnrolFormProps {
  readonly chain: ChainView;
  readonly said: ReturnType<typeof useAsking>['said'];
  readonly busy: boolean;
  readonly onEnrol: (address: string, code: string) => Promise<void>;
}

function EnrolForm({ chain, said, busy, onEnrol }: EnrolFormProps) {
  const { texts, settings } = useSettings();
  const words = texts.chain;
  const [address, setAddress] = useState(chain.address ?? 'https://');
  const [code, setCode] = useState('');
  const id = useId();
  const enrol = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) void onEnrol(address, code);
  };
  return (
    <form className="device" aria-labelledby={id} noValidate onSubmit={enrol}>
      <h3 id={id}>{chain.isEnrolled ? words.enrolAgain : words.enrol}</h3>
      <p className="hint">{fill(words.how, { register: settings.registerId, store: settings.storeId })}</p>
      <TextField label={words.address} value={address} field="address" said={said} hint={words.addressHint} onChange={setAddress} />
      <TextField label={words.code} value={code} field="code" said={said} hint={words.codeHint} onChange={setCode} />
      <div className="device-buttons">
        <button type="submit" className="button" data-weight={chain.isEnrolled ? undefined : 'primary'} aria-disabled={busy}>
          {words.connect}
        </button>
      </div>
    </form>
  );
}
