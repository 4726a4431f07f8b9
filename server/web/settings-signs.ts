/** The settings' page about the shop's printed codes, and how the register is reached from outside. */
import type { Answer } from '../../app/payment/provider.ts';
import { fill } from '../../app/text/screen.ts';
import type { SettingsTexts } from '../../app/text/settings.ts';
import { brandOf } from '../../app/till/brand.ts';
import { signIdOf } from '../../app/till/check-ins.ts';
import type { Configuration } from '../../app/till/configuration.ts';
import type { ParsedSettingsRequest, SettingsAnswer } from '../../app/till/settings.ts';
import type { DeviceFact, DeviceLook } from '../../app/till/settings-devices.ts';
import type { SignsView } from '../../app/till/settings-signs.ts';
import type { MerchantQrApi } from '../../app/vipps/merchant-qr.ts';
import type { WebhookState } from '../../app/vipps/webhooks/keeper.ts';
import type { OutsideState } from './outside.ts';
import { Refused } from './settings-refused.ts';

type SignRequest = Extract<
  ParsedSettingsRequest,
  { type: 'signs' | 'put-sign' | 'delete-sign' | 'save-redirect' | 'delete-redirect' | 'sign-picture' }
>;

/** 90 mm on paper at 300 dots an inch. */
const PAPER_PIXELS = 1_063;

export interface SignsOptions {
  /** `null` where no provider is configured. */
  readonly codes: MerchantQrApi | null;
  readonly configuration: Configuration;
  readonly outside: () => OutsideState | null;
  readonly words: () => SettingsTexts;
}

export function createSigns({ codes, configuration, outside, words }: SignsOptions) {
  const signId = signIdOf(configuration);
  const location = configuration.register.name;

  const none = (): string => {
    const { withoutKeys, noProvider } = words().signs;
    return configuration.provider?.through === 'head-office' ? withoutKeys : noProvider;
  };

  function api(): MerchantQrApi {
    if (codes === null) throw new Refused('check-failed', none());
    return codes;
  }

  /** The value, or a refusal with a sentence. */
  function must<T>(answer: Answer<T>, field: string | null = null): T {
    if (answer.kind === 'ok') return answer.value;
    throw new Refused('check-failed', troubleOf(answer), field);
  }

  function troubleOf(answer: Exclude<Answer<never>, { kind: 'ok' }>): string {
    return answer.kind === 'refused' ? fill(words().signs.refused, { code: answer.error.code }) : words().signs.silent;
  }

  async function view(): Promise<SignsView> {
    const common = { brand: brandOf(configuration.shop.market).name, location, outside: look() };
    if (codes === null) return { ...common, sign: null, signProblem: null, redirects: [], trouble: none() };
    const [sign, redirects] = await Promise.all([codes.sign(signId), codes.redirects()]);
    const bad = sign.kind !== 'ok' ? sign : redirects.kind !== 'ok' ? redirects : null;
    return {
      ...common,
      sign: sign.kind === 'ok' ? sign.value : null,
      signProblem: signProblem(),
      redirects: redirects.kind === 'ok' ? redirects.value : [],
      trouble: bad === null ? null : troubleOf(bad),
    };
  }

  function signProblem(): string | null {
    const { sign } = words().signs;
    const { provider, reachable } = configuration;
    if (provider?.api !== 'epayment') return sign.needsEpayment;
    if (reachable === null) return sign.needsAddress;
    if (reachable.checkIns === 'off') return sign.needsCheckIns;
    return outside()?.webhooks.some(({ kind, state }) => kind === 'check-ins' && state === 'trouble') === true ? sign.notRegistered : null;
  }

  function look(): DeviceLook | null {
    const state = outside();
    if (state === null) return null;
    const texts = words().signs.reachable;
    const facts: DeviceFact[] = [
      { label: texts.facts.address, value: state.publicUrl, tone: 'plain' },
      ...webhookFacts(state, texts),
      { label: texts.facts.heard, value: String(state.counts.heard), tone: 'plain' },
      { label: texts.facts.refused, value: String(state.counts.refused), tone: state.counts.refused === 0 ? 'plain' : 'care' },
    ];
    const port = String(configuration.reachable?.port ?? '');
    return state.listeningAt === null
      ? { tone: 'bad', text: fill(texts.notListening, { port, code: state.notListening ?? '' }), facts }
      : { tone: 'good', text: fill(texts.listening, { address: state.listeningAt }), facts };
  }

  async function answer(request: SignRequest): Promise<SettingsAnswer> {
    switch (request.type) {
      case 'signs':
        break;
      case 'put-sign':
        must(await api().putSign({ merchantQrId: signId, location }));
        break;
      case 'delete-sign':
        must(await api().deleteSign(signId));
        break;
      case 'save-redirect': {
        const { id, redirectUrl, isNew } = request;
        const saved = isNew ? await api().createRedirect({ id, redirectUrl }) : await api().updateRedirect({ id, redirectUrl });
        if (saved.kind === 'refused' && saved.error.httpStatus === 409) throw new Refused('bad-field', words().signs.redirects.taken, 'id');
        must(saved, 'redirectUrl');
        break;
      }
      case 'delete-redirect':
        must(await api().deleteRedirect(request.id));
        break;
      case 'sign-picture': {
        const { redirect } = request;
        const png = must(
          redirect === null ? await api().signPicture(signId, PAPER_PIXELS) : await api().redirectPicture(redirect, PAPER_PIXELS),
        );
        if (png === null) throw new Refused('check-failed', words().signs.paper.gone);
        return { ok: true, type: 'sign-picture', png: Buffer.from(png).toString('base64') };
      }
    }
    return { ok: true, type: 'signs', signs: await view() };
  }

  return { answer };
}

function webhookFacts(state: OutsideState, texts: SettingsTexts['signs']['reachable']): DeviceFact[] {
  if (state.webhooks.length === 0) return [{ label: texts.facts.payments, value: texts.callback, tone: 'plain' }];
  return state.webhooks.map((one) => ({
    label: one.kind === 'payments' ? texts.facts.payments : texts.facts.checkIns,
    ...factOf(one, texts),
  }));
}

function factOf(state: WebhookState, texts: SettingsTexts['signs']['reachable']): Pick<DeviceFact, 'value' | 'tone'> {
  switch (state.state) {
    case 'asking':
      return { value: texts.asking, tone: 'care' };
    case 'registered':
      return { value: texts.registered, tone: 'good' };
    case 'trouble':
      return { value: fill(texts.troubled, { code: state.error.code }), tone: 'bad' };
  }
}
