/**
 * What an error means for the work that met it.
 *
 * - `conflict`: another transaction was first; do it again at once.
 * - `unavailable`: a service is away or overloaded; do it again, later. Nothing is wrong with the data.
 * - `data`: the database refuses this input for good; find the record and set it aside.
 * - `fault`: a mistake in program or set-up; doing it again will not help.
 */
export type ErrorClass = 'conflict' | 'unavailable' | 'data' | 'fault';

export const UNIQUE_VIOLATION = '23505';

const CONFLICTS: ReadonlySet<string> = new Set(['40001', '40P01', '55P03']);

/** Codes of Node's sockets and of DNS. */
const SOCKET_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** What pg says, without a code, of a connection that has gone. */
const CONNECTION_GONE =
  /connection terminated|terminating connection|timeout exceeded when trying to connect|connection timeout|client has encountered a connection error|not queryable|query read timeout|server closed the connection/i;

/**
 * Total: every error of pg, kafkajs and Node's sockets has a class. SQLSTATE classes as in appendix A of the
 * PostgreSQL manual.
 */
export function classifyError(error: unknown): ErrorClass {
  if (error instanceof Conflict) return 'conflict';
  const code = codeOf(error);
  if (SOCKET_CODES.has(code)) return 'unavailable';
  if (CONFLICTS.has(code)) return 'conflict';
  if (code.length === 5) return classifySqlState(code);
  if (isKafkaError(error)) return error.retriable === false ? 'fault' : 'unavailable';
  if (error instanceof Error && CONNECTION_GONE.test(error.message)) return 'unavailable';
  return 'fault';
}

function classifySqlState(code: string): ErrorClass {
  switch (code.slice(0, 2)) {
    case '08': // connection exception
    case '53': // insufficient resources: disk full, out of memory, too many connections
    case '57': // operator intervention: shutdown, crash, cannot connect now, query canceled
    case '58': // system error: I/O
      return 'unavailable';
    case '25': // 25006: a read-only server, as during a failover
      return code === '25006' ? 'unavailable' : 'fault';
    case '22': // data exception
    case '54': // program limit exceeded: a value too large, nested too deep
      return 'data';
    case '23': // a constraint
      return 'data';
    default:
      return 'fault';
  }
}

/** Two writers met; the loser reads again. Thrown by our own compare-and-sets. */
export class Conflict extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Conflict';
  }
}

/** A row that was taken for new is there already; whoever allows for that does it again. */
export class AlreadyThere extends Conflict {
  constructor(table: string, cause: unknown) {
    super(`a row of ${table} was there already`);
    this.name = 'AlreadyThere';
    this.cause = cause;
  }
}

export function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return '';
}

function isKafkaError(error: unknown): error is Error & { retriable?: boolean } {
  return error instanceof Error && error.name.startsWith('KafkaJS');
}

/** What it says of itself, of whatever was thrown: text is not to be had of every object. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  try {
    return String(error);
  } catch {
    return 'something was thrown that is no error';
  }
}
