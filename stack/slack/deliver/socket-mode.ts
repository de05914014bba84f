import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isObject } from '../json.ts';

/** Apps give up on a connection without a ping for 30 s. */
const PING_EVERY_MS = 10_000;
const TICKET_LIFETIME_MS = 30_000;
const PATH = '/socket';

export type EnvelopeType = 'interactive' | 'slash_commands' | 'events_api';

/** https://docs.slack.dev/apis/events-api/using-socket-mode: envelopes over a WebSocket instead of signed requests. */
export class SocketMode {
  readonly #appId: string;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
  readonly #tickets = new Map<string, NodeJS.Timeout>();
  readonly #waiting = new Map<string, (payload: unknown) => void>();
  readonly #pings: NodeJS.Timeout;
  #sockets: WebSocket[] = [];

  constructor(appId: string) {
    this.#appId = appId;
    this.#pings = setInterval(() => {
      for (const socket of this.#sockets) socket.ping();
    }, PING_EVERY_MS);
    this.#pings.unref();
  }

  get connected(): boolean {
    return this.#sockets.length > 0;
  }

  /** Path and query of a URL that may be connected to once. */
  ticket(): string {
    const id = randomUUID();
    const expiry = setTimeout(() => this.#tickets.delete(id), TICKET_LIFETIME_MS);
    expiry.unref();
    this.#tickets.set(id, expiry);
    return `${PATH}?ticket=${id}`;
  }

  /** Takes an upgrade request, or refuses it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const ticket = searchParams.get('ticket') ?? '';
    const expiry = this.#tickets.get(ticket);
    if (pathname !== PATH || expiry === undefined) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    clearTimeout(expiry);
    this.#tickets.delete(ticket);
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#welcome(opened));
  }

  /**
   * Sends an envelope to one of the connections, each in its turn, and waits for its acknowledgement.
   *
   * @returns what the app put into it
   * @throws when there is no connection, or `signal` is aborted first
   */
  async deliver(type: EnvelopeType, payload: unknown, signal: AbortSignal): Promise<unknown> {
    const socket = this.#sockets.shift();
    if (socket === undefined) throw new Error('no app is connected in Socket Mode');
    this.#sockets.push(socket);
    const id = randomUUID();
    try {
      return await new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        this.#waiting.set(id, resolve);
        const events = type === 'events_api' ? { retry_attempt: 0, retry_reason: '' } : {};
        const envelope = { envelope_id: id, type, payload, accepts_response_payload: type !== 'events_api' };
        socket.send(JSON.stringify({ ...envelope, ...events }));
      });
    } finally {
      this.#waiting.delete(id);
    }
  }

  /** Tells the apps to connect again, as Slack does every few hours. */
  refresh(): void {
    for (const socket of this.#sockets) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: {} }));
    }
  }

  close(): void {
    clearInterval(this.#pings);
    for (const expiry of this.#tickets.values()) clearTimeout(expiry);
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  #welcome(socket: WebSocket): void {
    this.#sockets.push(socket);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#sockets = this.#sockets.filter((other) => other !== socket);
    });
    socket.on('message', (data: Buffer) => this.#acknowledge(data.toString('utf8')));
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#sockets.length,
        debug_info: { host: randomBytes(4).toString('hex'), approximate_connection_time: 18_060 },
        connection_info: { app_id: this.#appId },
      }),
    );
  }

  #acknowledge(text: string): void {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      return;
    }
    if (isObject(message) && typeof message.envelope_id === 'string') {
      this.#waiting.get(message.envelope_id)?.(message.payload);
    }
  }
}
