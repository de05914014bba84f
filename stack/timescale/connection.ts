import type { Socket } from 'node:net';
import { errorMessage, readyForQuery, transactionStatus } from './backend-messages.ts';
import type { DatabaseSession } from './database-session.ts';
import { DatabaseCrashedError } from './errors.ts';
import type { Batch, FrontendEvent } from './frontend-decoder.ts';
import { FrontendDecoder, ProtocolError } from './frontend-decoder.ts';
import { closeStatementMessage, FRONTEND_TYPES, syncMessage } from './frontend-messages.ts';
import { LockWaitCancelled, type SessionLock } from './session-lock.ts';
import { mayHaveSet, type SessionSettings } from './session-settings.ts';
import { StatementNames } from './statement-names.ts';

/** Stops reading from a client that sends faster than its statements run. */
const MOST_QUEUED_BYTES = 64 * 1024 * 1024;
const FAREWELL_MS = 1_000;

/** What a connection needs of its server. */
export interface ConnectionHost {
  readonly session: DatabaseSession;
  readonly lock: SessionLock;
  readonly settings: SessionSettings;
  /** Milliseconds a client may stay silent while its transaction keeps everybody else waiting. */
  readonly idleInTransactionMs: number;
  /** The bytes that answer a start-up packet, or the refusal. */
  greet(
    connection: Connection,
    startup: Extract<FrontendEvent, { kind: 'startup' }>,
  ): { reply: Buffer; accepted: boolean };
  cancel(pid: number, secret: number): void;
  /** Called when the client is gone and its transaction undone; the lock is held. */
  onGone(connection: Connection): void;
  /** The session has crashed; nothing can be run any more. */
  onCrash(error: Error): void;
}

/** One client: takes the session lock for a batch or a transaction, and gives back what PostgreSQL answers. */
export class Connection {
  readonly id: number;
  readonly secret: number;
  readonly #socket: Socket;
  readonly #host: ConnectionHost;
  readonly #decoder = new FrontendDecoder();
  readonly #names: StatementNames;
  readonly #queue: Batch[] = [];
  #queuedBytes = 0;
  #working = false;
  #gone = false;
  #failed = false;
  #terminating = false;
  /** After a refused flush run everything up to the next Sync is dropped, as PostgreSQL does after an error. */
  #skipToSync = false;
  #settingsChanged = false;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, host: ConnectionHost, id: number, secret: number) {
    this.#socket = socket;
    this.#host = host;
    this.id = id;
    this.secret = secret;
    this.#names = new StatementNames(`c${id}:`);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#leave());
  }

  /** Calls off the statement that waits for its turn; one that runs cannot be interrupted. */
  cancel(): void {
    if (!this.#gone) this.#host.lock.cancel(this);
  }

  /** Tells the client why, then closes the connection. */
  fail(sqlstate: string, text: string): void {
    if (this.#socket.destroyed) return;
    this.#failed = true;
    this.#stopIdleTimer();
    this.#socket.end(errorMessage('FATAL', sqlstate, text));
    // A client that reads nothing any more must not keep its transaction open by that.
    setTimeout(() => this.#socket.destroy(), FAREWELL_MS).unref();
  }

  #receive(chunk: Buffer): void {
    if (this.#gone || this.#failed || this.#terminating) return;
    this.#idleTimer?.refresh();
    try {
      for (const event of this.#decoder.push(chunk)) this.#handle(event);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.fail('08P01', error.message);
    }
  }

  #handle(event: FrontendEvent): void {
    switch (event.kind) {
      case 'encryption-request':
        this.#socket.write('N');
        return;
      case 'cancel':
        this.#host.cancel(event.pid, event.secret);
        this.#socket.destroy();
        return;
      case 'startup': {
        const { reply, accepted } = this.#host.greet(this, event);
        if (accepted) this.#socket.write(reply);
        else this.#socket.end(reply);
        return;
      }
      case 'terminate':
        this.#terminating = true; // what was sent before it is still run
        if (!this.#working) this.#socket.end();
        return;
      case 'batch':
        this.#enqueue(event.batch);
    }
  }

  #enqueue(batch: Batch): void {
    this.#stopIdleTimer();
    this.#queue.push(batch);
    this.#queuedBytes += batch.length;
    if (this.#queuedBytes > MOST_QUEUED_BYTES) this.#socket.pause();
    if (!this.#working) void this.#work();
  }

  async #work(): Promise<void> {
    this.#working = true;
    try {
      for (let batch = this.#queue[0]; batch !== undefined && !this.#gone; batch = this.#queue[0]) {
        const taken = await this.#takeTurn();
        if (this.#gone || this.#failed) break;
        this.#queue.shift();
        this.#queuedBytes -= batch.length;
        if (this.#socket.isPaused() && this.#queuedBytes < MOST_QUEUED_BYTES / 2) this.#socket.resume();
        if (taken) this.#run(batch);
        else this.#refuse(batch);
      }
    } catch (error) {
      this.#host.onCrash(error as Error);
      return;
    }
    this.#working = false;
    if (this.#gone) await this.#cleanUp();
    else if (this.#terminating) this.#socket.end();
    else if (this.#holdsLock && !this.#failed) this.#startIdleTimer();
  }

  get #holdsLock(): boolean {
    return this.#host.lock.isHeldBy(this);
  }

  async #takeTurn(): Promise<boolean> {
    if (this.#holdsLock) return true;
    try {
      await this.#host.lock.acquire(this);
    } catch (error) {
      if (error instanceof LockWaitCancelled) return false;
      throw error;
    }
    if (!this.#gone) this.#restoreSettings();
    return true;
  }

  #restoreSettings(): void {
    try {
      this.#host.settings.restore(this);
    } catch (error) {
      if (error instanceof DatabaseCrashedError) throw error;
      this.fail('22023', `the settings of this connection cannot be applied: ${(error as Error).message}`);
    }
  }

  #run(batch: Batch): void {
    if (this.#skipToSync && batch.end !== 'sync') {
      this.#host.lock.release(this);
      return;
    }
    this.#skipToSync = false;
    const { session, settings, lock } = this.#host;
    const reply = session.run(this.#names.rewrite(batch.messages));
    this.#socket.write(reply);
    this.#settingsChanged ||= mayHaveSet(reply) || callsSetConfig(batch);
    // After a Flush there is no ReadyForQuery: the run goes on, and with it the lock.
    if (batch.end === 'flush' || transactionStatus(reply) !== 'I') return;
    if (this.#settingsChanged) settings.remember(this);
    this.#settingsChanged = false;
    lock.release(this);
  }

  #refuse(batch: Batch): void {
    this.#socket.write(errorMessage('ERROR', '57014', 'canceling statement due to user request'));
    if (batch.end === 'flush') this.#skipToSync = true;
    else this.#socket.write(readyForQuery('I'));
  }

  #startIdleTimer(): void {
    const { idleInTransactionMs } = this.#host;
    this.#idleTimer = setTimeout(() => {
      this.fail(
        '25P03',
        `terminating connection: idle in a transaction for ${idleInTransactionMs / 1000} s, and the embedded TimescaleDB serves one transaction at a time`,
      );
    }, idleInTransactionMs);
  }

  #stopIdleTimer(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = undefined;
  }

  #leave(): void {
    this.#gone = true;
    this.#stopIdleTimer();
    this.#host.lock.cancel(this);
    if (!this.#working) void this.#cleanUp();
  }

  /** Undoes what the client left in the shared session: its transaction and its prepared statements. */
  async #cleanUp(): Promise<void> {
    const { lock, session } = this.#host;
    try {
      if (this.#holdsLock) {
        session.run([syncMessage()]); // a run may have been left at a Flush
        session.execute('ROLLBACK');
      } else {
        await lock.acquire(this);
      }
      if (this.#names.known.size > 0)
        session.run([...[...this.#names.known].map(closeStatementMessage), syncMessage()]);
      this.#host.onGone(this);
    } catch (error) {
      this.#host.onCrash(error as Error);
    } finally {
      lock.release(this);
    }
  }
}

/** A call of set_config leaves no tag of its own; only the statements' texts are searched, not the parameters. */
function callsSetConfig({ messages }: Batch): boolean {
  return messages.some(
    (message) =>
      (message[0] === FRONTEND_TYPES.query || message[0] === FRONTEND_TYPES.parse) &&
      message.includes('set_config'),
  );
}
