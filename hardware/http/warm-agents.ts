/**
 * Agents that can have a connection ready before it is asked for, its TLS done. Nothing is sent on one until a request
 * takes it, so it costs the server an open socket and no answer.
 */
import http from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Servers wait 20 s (Apache) to 60 s (Node, nginx) for a first request; ours must be over first. */
const STANDING_MS = 15_000;

export interface WarmAgent extends http.Agent {
  /** Opens a connection to this address unless a free one is there. Never throws; a failure is the next request's to tell. */
  warm(address: URL): void;
}

interface Standing {
  readonly socket: Socket;
  readonly timer: NodeJS.Timeout;
}

/** The connections that stand ready, one a host. */
class Ready {
  readonly #standing = new Map<string, Standing>();

  has(key: string): boolean {
    return this.#standing.has(key);
  }

  put(key: string, socket: Socket): void {
    const timer = setTimeout(() => socket.destroy(), STANDING_MS).unref();
    this.#standing.set(key, { socket, timer });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(timer);
      if (this.#standing.get(key)?.socket === socket) this.#standing.delete(key);
    });
  }

  take(key: string): Socket | null {
    const found = this.#standing.get(key);
    if (found === undefined) return null;
    this.#standing.delete(key);
    clearTimeout(found.timer);
    return found.socket.destroyed || !found.socket.writable ? null : found.socket;
  }

  close(): void {
    for (const { socket } of [...this.#standing.values()]) socket.destroy();
  }
}

/** Whether a connection that a request was given has been made already, its TLS too. */
export function isMade(socket: Socket): boolean {
  return (
    !socket.connecting && !(socket instanceof TLSSocket && (socket as TLSSocket & { readonly secureConnecting?: boolean }).secureConnecting)
  );
}

const keyOf = (host: string | null | undefined, port: number | string | null | undefined): string => `${host ?? ''}:${port ?? ''}`;

function warmed<Agent extends http.Agent>(agent: Agent, options: https.AgentOptions, defaultPort: number): Agent & WarmAgent {
  const ready = new Ready();
  const connect = agent.createConnection.bind(agent);
  const end = agent.destroy.bind(agent);
  const warmAgent = {
    createConnection: ((wanted, callback) => ready.take(keyOf(wanted.host, wanted.port)) ?? connect(wanted, callback)) as typeof connect,
    destroy: () => {
      ready.close();
      end();
    },
    warm: (address: URL) => {
      const host = address.hostname.replace(/^\[|\]$/g, '');
      const port = address.port === '' ? defaultPort : Number(address.port);
      const key = keyOf(host, port);
      const isFree = Object.entries(agent.freeSockets).some(([name, sockets]) => name.startsWith(`${key}:`) && (sockets?.length ?? 0) > 0);
      if (isFree || ready.has(key)) return;
      const socket = connect({
        ...options,
        ALPNProtocols: ['http/1.1'],
        host,
        port,
        servername: isIP(host) === 0 ? host : '',
      } as http.ClientRequestArgs);
      if (socket) ready.put(key, socket as Socket);
    },
  };
  return Object.assign(agent, warmAgent) as Agent & WarmAgent;
}

export const warmHttpAgent = (options: http.AgentOptions): WarmAgent => warmed(new http.Agent(options), options, 80);
export const warmHttpsAgent = (options: https.AgentOptions): https.Agent & WarmAgent => warmed(new https.Agent(options), options, 443);
