import { FRONTEND_TYPES } from './frontend-messages.ts';

/**
 * Keeps the prepared statements of connections apart that share one PostgreSQL session: a named statement gets the
 * connection's prefix in Parse, Bind, Describe and Close. The unnamed statement needs none, since the run that uses it is
 * answered under one lock; portals live no longer than a transaction, which is under one lock as well.
 * (PREPARE and DEALLOCATE as SQL text are not rewritten.)
 */
export class StatementNames {
  readonly #prefix: string;
  readonly #known = new Set<string>();

  /** @param prefix unlike that of any other connection, plain ASCII */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The names, as PostgreSQL knows them, of statements this connection may have left behind. */
  get known(): ReadonlySet<string> {
    return this.#known;
  }

  /** The messages to send instead; a large message's body is passed on as a view, never copied. */
  rewrite(messages: readonly Buffer[]): Buffer[] {
    return messages.flatMap((message) => this.#rewriteOne(message));
  }

  #rewriteOne(message: Buffer): Buffer[] {
    const at = nameOffset(message);
    if (at === undefined || message[at] === 0) return [message];
    const end = message.indexOf(0, at);
    if (end < 0) return [message];
    const name = this.#prefix + message.toString('utf8', at, end);
    if (message[0] === FRONTEND_TYPES.parse) this.#known.add(name);
    if (message[0] === FRONTEND_TYPES.close) this.#known.delete(name);
    const head = Buffer.allocUnsafe(at + this.#prefix.length);
    message.copy(head, 0, 0, at);
    head.write(this.#prefix, at, 'latin1');
    head.writeInt32BE(message.readInt32BE(1) + this.#prefix.length, 1);
    return [head, message.subarray(at)];
  }
}

/** Where a message names a prepared statement. */
function nameOffset(message: Buffer): number | undefined {
  const isStatement = message[5] === 0x53; // S, not P for a portal
  switch (message[0]) {
    case FRONTEND_TYPES.parse:
      return 5;
    case FRONTEND_TYPES.bind: {
      const portalEnd = message.indexOf(0, 5);
      return portalEnd < 0 ? undefined : portalEnd + 1;
    }
    case FRONTEND_TYPES.describe:
    case FRONTEND_TYPES.close:
      return isStatement ? 6 : undefined;
    default:
      return undefined;
  }
}
