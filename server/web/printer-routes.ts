/** The virtual printer's page talks to these: what came out, as pictures, and how the printer is feeling. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../../app/till/contract.ts';
import type { VirtualCondition, VirtualDrawer, VirtualPrinter } from '../../hardware/printer/virtual-printer.ts';
import { type Refusal, SECURITY_HEADERS } from './guard.ts';
import type { Role } from './tokens.ts';

/** What the routes need of a virtual printer. */
export type PaperDesk = Pick<
  VirtualPrinter,
  'papers' | 'onPaper' | 'onStatus' | 'status' | 'condition' | 'setCondition' | 'drawer' | 'moveDrawer'
>;

export interface PrinterRoutesOptions {
  readonly desk: PaperDesk;
  /** What every screen says while no real money moves; null when it does. */
  readonly practice: () => string | null;
  /** What the cashier reads: the page speaks it too. */
  readonly language: () => Language;
  readonly need: (...allowed: readonly Role[]) => (request: FastifyRequest, reply: FastifyReply, done: () => void) => void;
  readonly refuse: (reply: FastifyReply, refusal: Refusal) => FastifyReply;
}

/** How a practice printer can be made to feel, with what each means when nothing more is said. */
const CONDITIONS_MEANT: Readonly<Record<VirtualCondition['kind'], VirtualCondition>> = {
  ready: { kind: 'ready' },
  'paper-low': { kind: 'paper-low' },
  slow: { kind: 'slow', delayMs: 3_000 },
  'paper-out': { kind: 'paper-out' },
  'cover-open': { kind: 'cover-open' },
  offline: { kind: 'offline' },
  'cut-off': { kind: 'cut-off', afterBytes: 200, reason: 'gone' },
};

export const CONDITIONS = Object.keys(CONDITIONS_MEANT) as readonly VirtualCondition['kind'][];

/** What hands can do to its drawer. */
const DRAWER_MOVES = ['open', 'shut', 'stuck'] as const satisfies readonly VirtualDrawer[];

/** More than this and a reader of the stream asks for the papers again when it has caught up. */
const BEHIND_BYTES = 512 * 1024;

function readCondition(value: unknown): VirtualCondition | null {
  const name = typeof value === 'object' && value !== null && 'condition' in value ? value.condition : null;
  return typeof name === 'string' && Object.hasOwn(CONDITIONS_MEANT, name) ? CONDITIONS_MEANT[name as VirtualCondition['kind']] : null;
}

function readDrawerMove(value: unknown): (typeof DRAWER_MOVES)[number] | null {
  const name = typeof value === 'object' && value !== null && 'drawer' in value ? value.drawer : null;
  return DRAWER_MOVES.find((move) => move === name) ?? null;
}

/** Adds `/api/printer/*`. */
export function addPrinterRoutes(server: FastifyInstance, options: PrinterRoutesOptions): void {
  const { desk, practice, language, need, refuse } = options;
  const state = () => ({
    state: desk.status().state,
    condition: desk.condition().kind,
    drawer: desk.drawer(),
    practice: practice(),
    language: language(),
    papers: desk
      .papers()
      .map(({ id, atMs, torn, text }) => ({ id, atMs, torn, text, pngUrl: `/api/printer/papers/${id}.png` }))
      .toReversed(),
  });

  server.get('/api/printer/papers', { onRequest: need('printer', 'cashier') }, () => state());

  server.get<{ Params: { file: string } }>('/api/printer/papers/:file', { onRequest: need('printer', 'cashier') }, (request, reply) => {
    const id = /^(.{1,64})\.png$/.exec(request.params.file)?.[1];
    const paper = desk.papers().find((one) => one.id === id);
    if (paper === undefined) return refuse(reply, { status: 404, code: 'not-found', message: 'There is no such paper.' });
    const { png } = paper;
    return reply.type('image/png').send(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
  });

  /** Each tells one reader of the stream. */
  const tell = new Map<FastifyReply['raw'], () => void>();
  const tellAll = () => {
    for (const one of tell.values()) one();
  };
  const stopListening = [desk.onPaper(tellAll), desk.onStatus(tellAll)];

  server.get('/api/printer/events', { onRequest: need('printer', 'cashier') }, (_request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...SECURITY_HEADERS,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    });
    const send = () => {
      if (raw.writableLength < BEHIND_BYTES) raw.write(`event: papers\ndata: ${JSON.stringify(state())}\n\n`);
    };
    tell.set(raw, send);
    send();
    const beat = setInterval(() => raw.write(': beat\n\n'), 15_000);
    raw.on('close', () => {
      clearInterval(beat);
      tell.delete(raw);
    });
  });
  server.addHook('preClose', () => {
    for (const stop of stopListening) stop();
    for (const raw of tell.keys()) raw.end();
  });

  server.post<{ Body: { value: unknown } }>(
    '/api/printer/condition',
    { onRequest: need('printer'), bodyLimit: 4_096 },
    (request, reply) => {
      const condition = readCondition(request.body.value);
      if (condition === null) {
        const message = `Field "condition" must be one of ${CONDITIONS.join(', ')}.`;
        return refuse(reply, { status: 400, code: 'bad-condition', message });
      }
      desk.setCondition(condition);
      tellAll();
      return reply.send({ ok: true });
    },
  );

  server.post<{ Body: { value: unknown } }>('/api/printer/drawer', { onRequest: need('printer'), bodyLimit: 4_096 }, (request, reply) => {
    const move = readDrawerMove(request.body.value);
    if (move === null) {
      return refuse(reply, { status: 400, code: 'bad-drawer', message: `Field "drawer" must be one of ${DRAWER_MOVES.join(', ')}.` });
    }
    desk.moveDrawer(move);
    tellAll();
    return reply.send({ ok: true });
  });
}
