/**
 * A counter of a chain: a real register in virtual time, whose questions go to a real head office over real HTTP, on a line
 * that a test cuts, or loses answers on. The other store sells for real at the practice provider.
 */
import { onTestFinished } from 'vitest';
import { type ChainClient, createChainClient } from '../../../app/chain/client.ts';
import type { LinkState } from '../../../app/chain/contact.ts';
import type { ChainStatus } from '../../../app/chain/link.ts';
import type { CashierView, Command, CommandAnswer } from '../../../app/till/contract.ts';
import { encodeDocument } from '../../../hardware/printer/encode.ts';
import { createVirtualPrinter, type VirtualPrinter } from '../../../hardware/printer/virtual-printer.ts';
import { startChain, type TestChain } from '../../server/head-office/test-chain.ts';
import type { TestRegister } from '../../server/head-office/test-register.ts';
import { BoxedRegister } from '../../simulation/boxed-register.ts';
import { createDice } from '../../simulation/dice.ts';
import { PLAIN_HABITS } from '../../simulation/model-payment.ts';
import { ModelProvider } from '../../simulation/model-provider.ts';
import { makeScratchFolder, removeScratchFolder } from '../../simulation/scratch-folder.ts';
import { shopConfiguration } from '../../simulation/shop.ts';
import { VirtualTime } from '../../simulation/virtual-time.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { Line } from '../chain/linked-register.ts';
import { WITH_A_MANAGER } from './returning.ts';

const STORES = [
  { storeId: 'oslo', msn: '111111' },
  { storeId: 'nord', msn: '222222' },
];

export class ChainCounter {
  readonly time = new VirtualTime();
  readonly line = new Line(this.time);
  readonly chain: TestChain;
  /** The other store. */
  readonly nord: TestRegister;
  readonly box: BoxedRegister;
  readonly client: ChainClient;
  readonly printer: VirtualPrinter;
  #state: LinkState = { kind: 'linked' };
  readonly #listeners = new Set<() => void>();
  #reportedSeq = 0;

  private constructor(chain: TestChain, nord: TestRegister, key: string) {
    const { time } = this;
    this.chain = chain;
    this.nord = nord;
    this.client = createChainClient({ address: chain.server.url, key: () => key, send: this.line.send, clock: time.clock });
    this.printer = createVirtualPrinter({ clock: time.clock, timers: time, drawerPin: 2 });
    const folder = makeScratchFolder();
    const provider = new ModelProvider(time, PLAIN_HABITS);
    this.box = new BoxedRegister({
      folder,
      time,
      dice: createDice(7),
      provider: (isGone) => provider.connect(isGone),
      printer: () => this.printer,
      encodeDocument: (document) => encodeDocument(document, { columns: 42 }),
      paperText: () => '',
      configuration: shopConfiguration({ operators: WITH_A_MANAGER }),
      office: this.client,
      headOffice: {
        status: (): ChainStatus => ({ state: this.#state, waiting: 0, lastHeardMs: null }),
        onStatus: (listener) => {
          this.#listeners.add(listener);
          return () => this.#listeners.delete(listener);
        },
      },
    });
    this.box.start();
    onTestFinished(() => {
      if (this.box.isOn) this.box.cutPower();
      removeScratchFolder(folder);
    });
  }

  static async open(): Promise<ChainCounter> {
    const chain = await startChain({ file: `${temporaryFolder()}/chain.db` }, STORES);
    const nord = await chain.register('nord');
    return new ChainCounter(chain, nord, await chain.enrol('oslo', '1'));
  }

  get view(): CashierView {
    return this.box.till.cashierView();
  }

  /** Cuts the line to head office, or mends it; the register's own light says so. */
  setLine(state: 'up' | 'down'): void {
    this.line.down = state === 'down';
    this.#state = state === 'up' ? { kind: 'linked' } : { kind: 'away', sinceMs: this.time.clock.nowMs() };
    for (const listener of this.#listeners) listener();
  }

  /** Does something, and lets time pass until it is answered. */
  async ask(command: Command): Promise<CommandAnswer> {
    const asked = this.box.dispatch(command);
    let answer: CommandAnswer | null | undefined;
    void asked.then((value) => {
      answer = value;
    });
    for (let turn = 0; answer === undefined && turn < 2_000; turn += 1) await this.line.pass(50);
    if (answer === undefined || answer === null) throw new RangeError(`${command.type} was not answered`);
    return answer;
  }

  async do(...commands: readonly Command[]): Promise<void> {
    for (const command of commands) {
      const answer = await this.ask(command);
      if (!answer.ok) throw new RangeError(`${command.type} was refused: ${answer.code}, ${answer.message}`);
    }
  }

  /** Lets time pass until it is so. */
  async until(isSo: (view: CashierView) => boolean): Promise<CashierView> {
    for (let turn = 0; turn < 2_000; turn += 1) {
      if (isSo(this.view)) return this.view;
      await this.line.pass(100);
    }
    throw new Error(`it did not come to that: ${JSON.stringify(this.view.stage)}`);
  }

  /** The journal goes to head office. */
  async report(): Promise<void> {
    const entries = this.box.entries().filter(({ seq }) => seq > this.#reportedSeq);
    const outcome = await this.client.sendBatch(entries, entries.at(-1)?.seq ?? 0);
    if (outcome.kind !== 'ok') throw new RangeError(JSON.stringify(outcome));
    this.#reportedSeq = outcome.value.confirmedSeq;
  }

  /** What people at head office must look at. */
  async alarms(): Promise<readonly string[]> {
    const rows = await this.chain.office.store.db.selectFrom('alarms').select(['what', 'details']).execute();
    return rows.map(({ what, details }) => `${what}: ${details}`);
  }

  types(prefix: string): readonly string[] {
    return this.box.entries().flatMap(({ type }) => (type.startsWith(prefix) ? [type] : []));
  }
}
