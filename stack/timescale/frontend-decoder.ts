import { FRONTEND_TYPES } from './frontend-messages.ts';

/** What the bytes of one client mean, in order. */
export type FrontendEvent =
  | { readonly kind: 'encryption-request' }
  | { readonly kind: 'cancel'; readonly pid: number; readonly secret: number }
  | { readonly kind: 'startup'; readonly minor: number; readonly parameters: ReadonlyMap<string, string> }
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'terminate' };

/**
 * A run of complete messages up to and including one that asks for an answer. The end decides what comes back:
 * query, sync and functionCall end in ReadyForQuery, flush does not.
 */
export interface Batch {
  readonly messages: readonly Buffer[];
  /** Bytes in all messages. */
  readonly length: number;
  readonly end: 'query' | 'sync' | 'function-call' | 'flush';
}

/** The client does not speak the protocol; the message can be shown to it. */
export class ProtocolError extends Error {}

const CANCEL_REQUEST = 80877102;
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const LARGEST_STARTUP = 10_000;
/** PostgreSQL itself stops at 1 GiB; the WASM heap holds a message several times over. */
const LARGEST_MESSAGE = 256 * 1024 * 1024;

const ENDS = new Map<number, Batch['end']>([
  [FRONTEND_TYPES.query, 'query'],
  [FRONTEND_TYPES.sync, 'sync'],
  [FRONTEND_TYPES.functionCall, 'function-call'],
  [FRONTEND_TYPES.flush, 'flush'],
]);
const INNER = new Set<number>([
  FRONTEND_TYPES.parse,
  FRONTEND_TYPES.bind,
  FRONTEND_TYPES.describe,
  FRONTEND_TYPES.execute,
  FRONTEND_TYPES.close,
]);
/** What a client sends after a COPY was refused; PostgreSQL drops them outside of COPY as well. */
const COPY_LEFTOVERS = new Set<number>([
  FRONTEND_TYPES.copyData,
  FRONTEND_TYPES.copyDone,
  FRONTEND_TYPES.copyFail,
]);

/**
 * Cuts the byte stream of one client into events, however TCP split or merged it.
 *
 * A batch is handed out only when it is complete: a client that is still sending 8 MB holds no lock meanwhile, and an
 * error inside a run never meets the rest of the run in another call. One batch ends at the first message that asks for
 * an answer, because this PostgreSQL build leaves out the ReadyForQuery after an error when more bytes follow.
 * A message's bytes are copied at most once, into a buffer of its exact size.
 */
export class FrontendDecoder {
  #started = false;
  /** The unfinished message: `#held` of its bytes are in `#partial`. */
  #partial: Buffer = Buffer.allocUnsafe(64);
  #held = 0;
  #messages: Buffer[] = [];
  #length = 0;

  /**
   * @param chunk the next bytes from the socket; it must not be changed afterwards
   * @throws {ProtocolError} when the bytes are no PostgreSQL protocol; the connection is then unusable
   */
  push(chunk: Buffer): FrontendEvent[] {
    const events: FrontendEvent[] = [];
    let rest = chunk;
    while (rest.length > 0) {
      const message = this.#held === 0 ? this.#whole(rest) : undefined;
      if (message !== undefined) {
        rest = rest.subarray(message.length);
        this.#accept(message, events);
      } else {
        rest = this.#fill(rest, events);
      }
    }
    return events;
  }

  /** Bytes received but not yet part of a handed-out event. */
  get pending(): number {
    return this.#held + this.#length;
  }

  /** The first message of the bytes, without a copy, when it is there completely. */
  #whole(bytes: Buffer): Buffer | undefined {
    if (bytes.length < this.#headerLength) return undefined;
    const size = this.#sizeOf(bytes);
    return bytes.length < size ? undefined : bytes.subarray(0, size);
  }

  /** Moves bytes into the unfinished message; returns what is left over. */
  #fill(bytes: Buffer, events: FrontendEvent[]): Buffer {
    const header = this.#headerLength;
    const wanted = this.#held < header ? header : this.#sizeOf(this.#partial);
    if (this.#partial.length < wanted) {
      const larger = Buffer.allocUnsafe(wanted);
      this.#partial.copy(larger, 0, 0, this.#held);
      this.#partial = larger;
    }
    const taken = Math.min(wanted - this.#held, bytes.length);
    bytes.copy(this.#partial, this.#held, 0, taken);
    this.#held += taken;
    if (this.#held >= header && this.#held === this.#sizeOf(this.#partial)) {
      const message = this.#partial.subarray(0, this.#held);
      this.#partial = Buffer.allocUnsafe(64);
      this.#held = 0;
      this.#accept(message, events);
    }
    return bytes.subarray(taken);
  }

  get #headerLength(): number {
    return this.#started ? 5 : 4;
  }

  /** Total size of the message whose header starts the bytes. */
  #sizeOf(bytes: Buffer): number {
    if (!this.#started) {
      const size = bytes.readInt32BE(0);
      if (size < 8 || size > LARGEST_STARTUP)
        throw new ProtocolError('this port speaks the PostgreSQL protocol only');
      return size;
    }
    const type = bytes[0] as number;
    if (
      !ENDS.has(type) &&
      !INNER.has(type) &&
      !COPY_LEFTOVERS.has(type) &&
      type !== FRONTEND_TYPES.terminate
    ) {
      throw new ProtocolError(`invalid frontend message type ${type}`);
    }
    const size = bytes.readInt32BE(1) + 1;
    if (size < 5) throw new ProtocolError('invalid message length');
    if (size > LARGEST_MESSAGE) {
      throw new ProtocolError(`a message of ${size} bytes is over the embedded limit of ${LARGEST_MESSAGE}`);
    }
    return size;
  }

  #accept(message: Buffer, events: FrontendEvent[]): void {
    if (!this.#started) {
      events.push(this.#startup(message));
      return;
    }
    const type = message[0] as number;
    if (type === FRONTEND_TYPES.terminate) {
      events.push({ kind: 'terminate' });
      return;
    }
    if (COPY_LEFTOVERS.has(type)) return;
    this.#messages.push(message);
    this.#length += message.length;
    const end = ENDS.get(type);
    if (end === undefined) return;
    events.push({ kind: 'batch', batch: { messages: this.#messages, length: this.#length, end } });
    this.#messages = [];
    this.#length = 0;
  }

  #startup(packet: Buffer): FrontendEvent {
    const code = packet.readInt32BE(4);
    if (code === SSL_REQUEST || code === GSS_REQUEST) return { kind: 'encryption-request' };
    if (code === CANCEL_REQUEST) {
      if (packet.length < 16) throw new ProtocolError('invalid cancel request');
      return { kind: 'cancel', pid: packet.readInt32BE(8), secret: packet.readInt32BE(12) };
    }
    if (code >> 16 !== 3)
      throw new ProtocolError(`unsupported protocol version ${code >> 16}.${code & 0xffff}`);
    this.#started = true;
    const words = packet.toString('utf8', 8).split('\0');
    const parameters = new Map<string, string>();
    for (let i = 0; i + 1 < words.length && words[i] !== ''; i += 2) {
      parameters.set(words[i] as string, words[i + 1] as string);
    }
    return { kind: 'startup', minor: code & 0xffff, parameters };
  }
}
