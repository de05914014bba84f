import { randomInt } from 'node:crypto';
import { type AddressInfo, createServer, type Server } from 'node:net';
import {
  authenticationOk,
  backendKeyData,
  errorMessage,
  negotiateProtocolVersion,
  parameterStatus,
  readyForQuery,
} from './backend-messages.ts';
import { Connection, type ConnectionHost } from './connection.ts';
import type { DatabaseSession } from './database-session.ts';
import { portInUse } from './errors.ts';
import type { FrontendEvent } from './frontend-decoder.ts';
import { SessionLock } from './session-lock.ts';
import { SessionSettings } from './session-settings.ts';

export interface WireServerOptions {
  readonly session: DatabaseSession;
  /** Milliseconds a client may be silent inside a transaction; everybody else waits meanwhile. */
  readonly idleInTransactionMs: number;
  /** The session crashed: end the process, a new one recovers. Clients have been told. */
  readonly onCrash: (error: Error) => void;
}

/** PostgreSQL's wire protocol for several clients over one session, on 127.0.0.1. */
export class WireServer {
  readonly #options: WireServerOptions;
  readonly #server: Server;
  readonly #lock = new SessionLock();
  readonly #settings: SessionSettings;
  readonly #connections = new Map<number, Connection>();
  readonly #parameters: Map<string, string>;
  #lastId = 0;
  #crashed = false;

  constructor(options: WireServerOptions) {
    this.#options = options;
    this.#parameters = options.session.handshake();
    this.#parameters.set('session_authorization', 'postgres');
    this.#settings = new SessionSettings(options.session);
    this.#server = createServer((socket) => {
      this.#lastId += 1;
      const connection = new Connection(socket, this.#host, this.#lastId, randomInt(2 ** 31));
      this.#connections.set(connection.id, connection);
    });
  }

  /**
   * @param port 0 lets the system choose
   * @returns the port
   * @throws {EmbeddedTimescaleError} PORT_IN_USE
   */
  listen(port: number): Promise<number> {
    return listen(this.#server, port);
  }

  /** Refuses new clients, tells the present ones, and resolves when the session is nobody's. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of this.#connections.values()) {
      connection.fail('57P01', 'terminating connection: the embedded TimescaleDB is shutting down');
    }
    await closed;
    await this.#lock.acquire(this);
  }

  /**
   * Runs statements between those of the clients.
   * @throws {Error} with PostgreSQL's message and SQLSTATE
   */
  async execute(sql: string): Promise<void> {
    const owner = {};
    await this.#lock.acquire(owner);
    try {
      this.#settings.restore(owner);
      this.#options.session.execute(sql);
    } finally {
      this.#lock.release(owner);
    }
  }

  get #host(): ConnectionHost {
    return {
      session: this.#options.session,
      lock: this.#lock,
      settings: this.#settings,
      idleInTransactionMs: this.#options.idleInTransactionMs,
      greet: (connection, startup) => this.#greet(connection, startup),
      cancel: (pid, secret) => {
        const connection = this.#connections.get(pid);
        if (connection?.secret === secret) connection.cancel();
      },
      onGone: (connection) => {
        this.#connections.delete(connection.id);
        // Temporary tables, session-level advisory locks and the like are everybody's; they end with the last client.
        if (this.#connections.size === 0) this.#settings.discard();
      },
      onCrash: (error) => this.#crash(error),
    };
  }

  #greet(connection: Connection, { minor, parameters }: Extract<FrontendEvent, { kind: 'startup' }>) {
    const database = parameters.get('database') ?? parameters.get('user') ?? '';
    if (database !== 'postgres') {
      const text = `database "${database}" does not exist: the embedded TimescaleDB has one, "postgres"`;
      return { accepted: false, reply: errorMessage('FATAL', '3D000', text) };
    }
    this.#settings.begin(connection, parameters);
    const reply = [
      ...(minor > 0 ? [negotiateProtocolVersion()] : []),
      authenticationOk(),
      ...[...this.#parameters].map(([name, value]) => parameterStatus(name, value)),
      backendKeyData(connection.id, connection.secret),
      readyForQuery('I'),
    ];
    return { accepted: true, reply: Buffer.concat(reply) };
  }

  #crash(error: Error): void {
    if (this.#crashed) return;
    this.#crashed = true;
    this.#server.close();
    for (const connection of this.#connections.values()) connection.fail('57P02', error.message);
    this.#options.onCrash(error);
  }
}

/** @throws {EmbeddedTimescaleError} PORT_IN_USE */
export async function assertPortFree(port: number): Promise<void> {
  const probe = createServer();
  await listen(probe, port);
  await new Promise((resolve) => probe.close(resolve));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? portInUse(port) : error);
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
