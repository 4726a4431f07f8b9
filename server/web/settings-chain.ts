/** The settings' page about the chain: how the line to head office is, and a code that becomes the register's own key. */

import { dateText } from '../../app/catalog/hears.ts';
import type { ChainStatus } from '../../app/chain/link.ts';
import type { MembershipMemory } from '../../app/chain/membership.ts';
import { localDateAndTime } from '../../app/journal/entry-text.ts';
import { texts as textsOf } from '../../app/text/index.ts';
import { fill } from '../../app/text/screen.ts';
import type { SettingsTexts } from '../../app/text/settings.ts';
import type { Configuration } from '../../app/till/configuration.ts';
import type { Language } from '../../app/till/contract.ts';
import { haltedBy } from '../../app/till/head-office-light.ts';
import type { Clock, HttpSend, Log } from '../../app/till/ports.ts';
import type { ParsedSettingsRequest, SettingsAnswer } from '../../app/till/settings.ts';
import type { ChainView } from '../../app/till/settings-chain.ts';
import type { DeviceFact, DeviceLook } from '../../app/till/settings-devices.ts';
import { type Chain, type Enrolment, enrolRegister } from './chain.ts';
import { type PublishedStatus, publishedLook } from './settings-published.ts';
import { Refused } from './settings-refused.ts';

type ChainRequest = Extract<ParsedSettingsRequest, { type: 'chain' | 'enrol' | 'retry-chain' }>;

export interface ChainSettingsOptions {
  /** `null` where the register practises by itself. */
  readonly memory: MembershipMemory | null;
  /** The line that the till runs with; `null` where it is in no chain. */
  readonly line: Pick<Chain, 'address' | 'status' | 'retry'> | null;
  /** How far the till has come with what is published; `null` where it is in no chain. */
  readonly published: () => PublishedStatus | null;
  readonly configuration: Configuration;
  /** Keeps the address in the configuration's file, to be taken up by a new start. */
  readonly keepAddress: (address: string) => void;
  /** Trusts what a chain trusts. */
  readonly send: HttpSend;
  readonly clock: Clock;
  readonly log: Log;
  readonly words: () => SettingsTexts;
  readonly language: () => Language;
}

export function createChainSettings(options: ChainSettingsOptions) {
  const { memory, line, configuration, clock } = options;

  function view(): ChainView {
    const kept = memory?.read() ?? null;
    const status = line?.status() ?? null;
    const published = kept === null ? null : options.published();
    return {
      address: line?.address ?? kept?.address ?? null,
      look: look(status),
      published: published === null ? null : publishedLook(published, options.words().published, clock.nowMs(), momentText),
      canEnrol: memory !== null,
      isEnrolled: kept !== null,
      canRetry: status?.state.kind === 'halted' || status?.state.kind === 'away',
    };
  }

  function look(status: ChainStatus | null): DeviceLook {
    const words = options.words().chain;
    const kept = memory?.read() ?? null;
    if (memory === null) return { tone: 'wait', text: words.practice, facts: [] };
    if (line === null || status === null) return { tone: 'wait', text: kept === null ? words.none : words.notTakenUp, facts: [] };
    if (kept !== null && kept.address !== line.address) return { tone: 'wait', text: words.notTakenUp, facts: [] };
    const { waiting, lastHeardMs } = status;
    const facts: DeviceFact[] = [
      ...(kept === null ? [] : [plain(words.facts.who, fill(words.who, { register: kept.registerId, name: kept.storeName }))]),
      plain(words.facts.lastHeard, lastHeardMs === null ? words.never : momentText(lastHeardMs)),
      { label: words.facts.waiting, value: String(waiting), tone: status.state.kind === 'linked' || waiting === 0 ? 'plain' : 'care' },
    ];
    return { ...saidOf(status), facts };
  }

  function saidOf({ state, waiting }: ChainStatus): Pick<DeviceLook, 'tone' | 'text'> {
    const words = options.words().chain;
    switch (state.kind) {
      case 'not-enrolled':
        return { tone: 'care', text: words.notEnrolled };
      case 'asking':
        return { tone: 'wait', text: words.asking };
      case 'linked':
        return { tone: 'good', text: waiting === 0 ? words.linked : fill(words.sending, { count: String(waiting) }) };
      case 'away':
        return { tone: 'care', text: fill(words.away, { since: momentText(state.sinceMs) }) };
      case 'halted':
        return { tone: 'bad', text: words.halted[haltedBy(state.code)] };
    }
  }

  /** As people in the shop say it. */
  function momentText(atMs: number): string {
    const { date, time } = localDateAndTime(atMs, clock.offsetMinutes(atMs));
    return textsOf(options.language()).till.away.at(dateText(date, options.language()), time.slice(0, 5));
  }

  async function enrol(wish: { readonly address: string; readonly code: string }): Promise<void> {
    if (memory === null) throw new Refused('not-here', options.words().chain.practice);
    const address = wish.address.replace(/\/+$/, '');
    const enrolment = await enrolRegister({ ...wish, address }, { configuration, memory, send: options.send });
    options.log.write('info', 'chain.enrolment', { what: enrolment.kind });
    if (enrolment.kind !== 'enrolled') throw refusal(enrolment);
    if (line?.address !== address) options.keepAddress(address);
  }

  function refusal(enrolment: Exclude<Enrolment, { kind: 'enrolled' }>): Refused {
    const words = options.words().chain.refusals;
    switch (enrolment.kind) {
      case 'other-register':
        return new Refused('bad-field', fill(words.otherRegister, { register: enrolment.registerId, store: enrolment.storeId }), 'code');
      case 'unreachable':
        return new Refused('check-failed', enrolment.sent === 'no' ? words.notReached : words.silent, 'address');
      case 'refused':
        if (enrolment.code === 'bad-code') return new Refused('bad-field', words.badCode, 'code');
        if (enrolment.code === 'too-many') return new Refused('check-failed', words.tooMany);
        return new Refused('check-failed', fill(words.other, { code: enrolment.code }));
    }
  }

  async function answer(request: ChainRequest): Promise<SettingsAnswer> {
    if (request.type === 'enrol') await enrol(request);
    if (request.type === 'retry-chain') line?.retry();
    return { ok: true, type: 'chain', chain: view() };
  }

  return {
    answer,
    /** Everything here that must never be shown. */
    secrets: (): readonly string[] => {
      const kept = memory?.read() ?? null;
      return kept === null ? [] : [kept.key];
    },
  };
}

const plain = (label: string, value: string): DeviceFact => ({ label, value, tone: 'plain' });
