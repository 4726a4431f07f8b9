/** What every room of the till works with: the register, the ports, the words, and how to refuse. */

import type { ChainStatus } from '../chain/link.ts';
import type { NewEntry } from '../journal/entry.ts';
import { localDateAndTime } from '../journal/entry-text.ts';
import type { JournalEvent } from '../journal/events.ts';
import { formatOre } from '../money/format.ts';
import type { ReceiptDocument } from '../receipt/document.ts';
import { type Texts, texts } from '../text/index.ts';
import { type ApprovalGiven, Approvals, type Approver, mayApprove } from './approval.ts';
import { currencyOf } from './brand.ts';
import type { Configuration } from './configuration.ts';
import type { CommandAnswer, Language, RefusalCode, Theme } from './contract.ts';
import type { Clock, Hasher, Log, PinHasher, Printer, Random, Scanner, Timers } from './ports.ts';
import type { Register } from './register.ts';

export interface DeskPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly hasher: Hasher;
  readonly pins: PinHasher;
  readonly log: Log;
  readonly printer: Printer;
  /** Missing where the scanner types what it reads. */
  readonly scanner?: Scanner;
  /** Missing where the register is in no chain. */
  readonly headOffice?: HeadOfficeLine;
  /** A document as the printer's own bytes. */
  readonly encodeDocument: (document: ReceiptDocument) => Uint8Array;
  /** What those bytes look like as lines of text. */
  readonly paperText: (bytes: Uint8Array) => string;
}

/** How it stands with head office. */
export interface HeadOfficeLine {
  status(): ChainStatus;
  /** Calls back after each change; the returned function ends that. */
  onStatus(listener: () => void): () => void;
}

/** Whoever does something at the register. */
export interface Operator {
  readonly operatorId: string;
  readonly name: string;
}

const ID_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

export class Desk {
  readonly configuration: Configuration;
  readonly ports: DeskPorts;
  readonly register: Register;
  readonly #approvals: Approvals;
  /** Called after every change that a screen may show. */
  readonly changed: () => void;

  constructor(configuration: Configuration, ports: DeskPorts, register: Register, changed: () => void) {
    this.configuration = configuration;
    this.ports = ports;
    this.register = register;
    this.changed = changed;
    this.#approvals = new Approvals(() => this.#approvers, ports);
  }

  language(screen: 'cashier' | 'customer'): Language {
    return this.register.settings.get(`language.${screen}`) === 'en'
      ? 'en'
      : this.register.settings.get(`language.${screen}`) === 'nb'
        ? 'nb'
        : this.configuration.language[screen];
  }

  theme(screen: 'cashier' | 'customer'): Theme {
    return this.register.settings.get(`theme.${screen}`) === 'dark' ? 'dark' : 'light';
  }

  /** The cashier's words. */
  get words(): Texts {
    return texts(this.language('cashier'));
  }

  /** Who may be chosen: head office's list, and the register's own where head office names nobody. */
  get operators(): readonly Operator[] {
    const listed = this.register.publishedOperators.filter((operator) => operator.listed);
    return listed.length > 0 ? listed : this.#ownOperators;
  }

  /** Whoever is signed in stays so until somebody else is: nobody is put out in the middle of a sale, nor signs for another. */
  get operator(): Operator {
    return this.#known(this.register.settings.get('operator')) ?? this.operators[0] ?? { operatorId: 'system', name: '' };
  }

  get #ownOperators(): readonly Operator[] {
    return this.configuration.operators.map(({ id, name }) => ({ operatorId: id, name }));
  }

  /** Roles and codes are head office's where it has given both, else this register's own; whoever is not on the list has none. */
  get #approvers(): readonly Approver[] {
    const listed = new Set(this.operators.map(({ operatorId }) => operatorId));
    const published = this.register.publishedOperators.map(({ operatorId, ...operator }) => ({ ...operator, id: operatorId }));
    const given = published.filter((operator) => operator.listed && mayApprove(operator));
    return [...given, ...this.configuration.operators.filter(({ id }) => listed.has(id))];
  }

  /** Whether somebody is a manager here, with a code to approve with. */
  isManager(operatorId: string): boolean {
    return this.#approvers.some((one) => one.id === operatorId && mayApprove(one));
  }

  /** Whether anybody here could approve what a cashier may not do alone. */
  get hasManagers(): boolean {
    return this.#approvers.some(mayApprove);
  }

  #known(operatorId: string | undefined): Operator | undefined {
    const found = [...this.register.publishedOperators, ...this.#ownOperators].find((operator) => operator.operatorId === operatorId);
    return found === undefined ? undefined : { operatorId: found.operatorId, name: found.name };
  }

  /** The day in the shop, `2026-11-21`. */
  get today(): string {
    const { clock } = this.ports;
    const nowMs = clock.nowMs();
    return localDateAndTime(nowMs, clock.offsetMinutes(nowMs)).date;
  }

  operatorName(operatorId: string): string {
    return this.#known(operatorId)?.name ?? operatorId;
  }

  /** Writes events as the signed-in operator's. */
  record(events: readonly JournalEvent[]): void {
    const { operatorId } = this.operator;
    this.register.append(events.map((event): NewEntry => ({ ...event, operator: operatorId })));
  }

  newId(): string {
    return [...this.ports.random.bytes(12)].map((byte) => ID_ALPHABET.charAt(byte % ID_ALPHABET.length)).join('');
  }

  /** An amount with the shop's currency, as people read it. */
  money(amountOre: number, language: Language = this.language('cashier')): string {
    return formatOre(amountOre, language, currencyOf(this.configuration.shop.market));
  }

  /** A manager's word for what the cashier may not do alone: who approved, for the journal, or why it does not count. */
  async approve(given: ApprovalGiven): Promise<{ readonly ok: true; readonly approvedBy: string } | Refusal> {
    const approval = await this.#approvals.approve(given);
    if (approval.ok) return approval;
    if (approval.why !== 'pin-locked') return this.refuse(approval.why);
    return this.refuse('pin-locked', this.words.till.seconds(Math.ceil(approval.waitMs / 1_000)));
  }

  /** A refusal as a whole sentence in the cashier's language. `thing` is what the sentence names. */
  refuse(code: Exclude<RefusalCode, 'bad-command' | 'bad-catalogue' | 'storage'>, thing = ''): Refusal {
    return { ok: false, code, message: this.words.till.refusals[code](thing) };
  }
}

/** Why a register would not do something. */
export type Refusal = Extract<CommandAnswer, { ok: false }>;

export const DONE: CommandAnswer = { ok: true };
