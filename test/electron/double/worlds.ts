/**
 * The scripts that run in a page before any of its own: a preload in a world of its own, and a bridge between the two worlds.
 * The worlds share the document but no objects. They find each other once, at the start of the document, through a node that
 * is never part of it; from then on the page has nothing to reach that node with.
 */

/** Everything that crosses is text: structured values, functions by number, promises by number. Runs in pages; needs nothing around it. */
function makeWorld(node: EventTarget, mine: string, theirs: string) {
  const dispatch = EventTarget.prototype.dispatchEvent;
  const apply = Reflect.apply;
  const NewEvent = CustomEvent;
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const proxies = new Map<number, (...args: unknown[]) => unknown>();
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let promises = 0;
  let answer: { ok: boolean; value: unknown } | null = null;
  const post = (message: object) => apply(dispatch, node, [new NewEvent(theirs, { detail: JSON.stringify(message) })]);

  const pack = (value: unknown): unknown => {
    if (value === undefined) return { t: 'u' };
    if (typeof value === 'function') {
      const known = functions.indexOf(value as (typeof functions)[number]);
      return { t: 'f', v: known >= 0 ? known : functions.push(value as (typeof functions)[number]) - 1 };
    }
    if (typeof value === 'symbol' || typeof value === 'bigint') throw new Error('An object could not be cloned.');
    if (value instanceof Promise) {
      promises += 1;
      const id = promises;
      value.then(
        (result) => post({ kind: 'settle', id, ok: true, value: pack(result) }),
        (error: unknown) => post({ kind: 'settle', id, ok: false, value: error instanceof Error ? error.message : String(error) }),
      );
      return { t: 'p', v: id };
    }
    if (value instanceof Error) return { t: 'e', v: value.message };
    if (Array.isArray(value)) return { t: 'a', v: value.map(pack) };
    if (typeof value === 'object' && value !== null) {
      return { t: 'o', v: Object.entries(value).map(([name, one]) => [name, pack(one)]) };
    }
    return { t: 'v', v: value };
  };
  const unpack = (packed: unknown): unknown => {
    const { t, v } = packed as { t: string; v: unknown };
    if (t === 'u') return undefined;
    if (t === 'e') return new Error(String(v));
    if (t === 'a') return (v as unknown[]).map(unpack);
    if (t === 'o') return Object.fromEntries((v as [string, unknown][]).map(([name, one]) => [name, unpack(one)]));
    if (t === 'f') {
      const id = v as number;
      const proxy = proxies.get(id) ?? ((...args: unknown[]) => call(id, args));
      proxies.set(id, proxy);
      return proxy;
    }
    if (t === 'p') return new Promise((resolve, reject) => pending.set(v as number, { resolve, reject }));
    return v;
  };
  const call = (id: number, args: unknown[]): unknown => {
    post({ kind: 'call', id, args: args.map(pack) });
    const got = answer;
    answer = null;
    if (got === null) return undefined;
    if (!got.ok) throw new Error(String(got.value));
    return unpack(got.value);
  };
  node.addEventListener(mine, (event) => {
    const message = JSON.parse(String((event as CustomEvent<unknown>).detail)) as {
      kind: string;
      id: number;
      ok: boolean;
      value: unknown;
      args: unknown[];
    };
    if (message.kind === 'answer') answer = message;
    else if (message.kind === 'settle') {
      const waiting = pending.get(message.id);
      pending.delete(message.id);
      if (message.ok) waiting?.resolve(unpack(message.value));
      else waiting?.reject(new Error(String(message.value)));
    } else if (message.kind === 'call') {
      try {
        const value = functions[message.id]?.(...message.args.map(unpack));
        post({ kind: 'answer', ok: true, value: pack(value) });
      } catch (error) {
        post({ kind: 'answer', ok: false, value: error instanceof Error ? error.message : String(error) });
      }
    }
  });
  return { pack, unpack, call, offer: (offered: (...args: unknown[]) => unknown) => pack(offered) };
}

/** The page's side: takes the node, and from then on puts on `window` what the preload exposes. */
export function mainWorldScript(meeting: string): string {
  return `(() => {
  if (window.top !== window) return;
  ${makeWorld.toString()}
  const freeze = (value) => {
    if (typeof value === 'object' && value !== null && !(value instanceof Promise)) Object.values(value).forEach(freeze), Object.freeze(value);
    return value;
  };
  document.addEventListener(${JSON.stringify(meeting)}, (event) => {
    event.stopImmediatePropagation();
    const node = event.relatedTarget;
    const world = makeWorld(node, 'to-page', 'to-preload');
    node.addEventListener('expose', (exposing) => {
      const { key, value } = JSON.parse(exposing.detail);
      Object.defineProperty(window, key, { value: freeze(world.unpack(value)), enumerable: true, writable: false, configurable: false });
    });
  }, { once: true, capture: true });
})();`;
}

export interface PreloadWorld {
  /** The event that the worlds meet through. Only this window has it, and it happens once. */
  readonly meeting: string;
  /** The name of the function to the main process. It exists in the preload's world and in no other. */
  readonly host: string;
  readonly preload: string | null;
  /** What `process` has in a sandboxed preload. */
  readonly process: object;
}

/** The preload's side: `require('electron')` with `contextBridge` and `ipcRenderer`, then the preload itself. */
export function preloadWorldScript(options: PreloadWorld): string {
  return `(() => {
  if (window.top !== window) return;
  ${makeWorld.toString()}
  ${cloning.toString()}
  const { encode, decode } = cloning();
  const host = globalThis[${JSON.stringify(options.host)}];
  const tell = (message) => host(JSON.stringify({ ...message, url: location.href }));
  const node = document.createElement('i');
  document.dispatchEvent(new MouseEvent(${JSON.stringify(options.meeting)}, { relatedTarget: node }));
  const world = makeWorld(node, 'to-preload', 'to-page');
  const exposed = new Set();
  const contextBridge = {
    exposeInMainWorld(key, api) {
      if (exposed.has(key)) throw new Error('Cannot bind an API on top of an existing property on the window object');
      exposed.add(key);
      node.dispatchEvent(new CustomEvent('expose', { detail: JSON.stringify({ key, value: world.pack(api) }) }));
    },
  };
  const listeners = new Map();
  const waiting = new Map();
  let asked = 0;
  const add = (channel, listener, once) => void listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
  const ipcRenderer = {
    invoke(channel, ...args) {
      return new Promise((resolve, reject) => {
        const payload = encode(args);
        asked += 1;
        waiting.set(asked, { resolve, reject });
        tell({ kind: 'invoke', id: asked, channel, args: payload });
      });
    },
    send(channel, ...args) { tell({ kind: 'send', channel, args: encode(args) }); },
    sendSync() { throw new Error('The double has no ipcRenderer.sendSync.'); },
    on(channel, listener) { add(channel, listener, false); return ipcRenderer; },
    once(channel, listener) { add(channel, listener, true); return ipcRenderer; },
    off(channel, listener) { return ipcRenderer.removeListener(channel, listener); },
    addListener(channel, listener) { return ipcRenderer.on(channel, listener); },
    removeListener(channel, listener) {
      listeners.set(channel, (listeners.get(channel) ?? []).filter((one) => one.listener !== listener));
      return ipcRenderer;
    },
    removeAllListeners(channel) { listeners.delete(channel); return ipcRenderer; },
  };
  globalThis.tillitDoubleReceive = (message) => {
    if (message.kind === 'answer') {
      const asking = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.ok) asking?.resolve(decode(message.value));
      else asking?.reject(new Error(message.value));
      return;
    }
    const heard = listeners.get(message.channel) ?? [];
    listeners.set(message.channel, heard.filter((one) => !one.once));
    const args = decode(message.args);
    for (const { listener } of heard) listener({ sender: ipcRenderer, senderId: 0, ports: [] }, ...args);
  };
  const require = (name) => {
    if (name === 'electron' || name === 'electron/renderer') return { contextBridge, ipcRenderer };
    throw new Error('module not found: ' + name);
  };
  const process = ${JSON.stringify(options.process)};
  try {
    ((require, process, module, exports) => {
${options.preload ?? ''}
    })(require, process, { exports: {} }, {});
  } catch (error) {
    tell({ kind: 'preload-error', message: error instanceof Error ? error.message : String(error) });
  }
  tell({ kind: 'loaded' });
})();`;
}

/** Values of inter-process messages as JSON, as far as structured cloning would take them. Runs in pages and in Node. */
export function cloning() {
  const encode = (value: unknown): unknown => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : { $: 'number', v: String(value) };
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (typeof value !== 'object') throw new Error('An object could not be cloned.');
    if (Array.isArray(value)) return value.map(encode);
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    if (value instanceof Uint8Array) return { $: 'bytes', v: [...value] };
    if (value instanceof ArrayBuffer) return { $: 'buffer', v: [...new Uint8Array(value)] };
    if (value instanceof Map) return { $: 'map', v: [...value].map(encode) };
    if (value instanceof Set) return { $: 'set', v: [...value].map(encode) };
    if (value instanceof Error) return { $: 'error', v: value.message };
    if (value instanceof Promise || value instanceof WeakMap) throw new Error('An object could not be cloned.');
    return { $: 'object', v: Object.entries(value).map(([name, one]) => [name, encode(one)]) };
  };
  const decode = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(decode);
    if (typeof value !== 'object' || value === null) return value;
    const { $, v } = value as { $: string; v: unknown };
    const list = () => v as unknown[];
    switch ($) {
      case 'number':
        return Number(v);
      case 'bigint':
        return BigInt(String(v));
      case 'date':
        return new Date(Number(v));
      case 'bytes':
        return new Uint8Array(list() as number[]);
      case 'buffer':
        return new Uint8Array(list() as number[]).buffer;
      case 'map':
        return new Map(list().map(decode) as [unknown, unknown][]);
      case 'set':
        return new Set(list().map(decode));
      case 'error':
        return new Error(String(v));
      case 'object':
        return Object.fromEntries((list() as [string, unknown][]).map(([name, one]) => [name, decode(one)]));
      default:
        return undefined;
    }
  };
  return { encode, decode };
}
