/** Transaction status as ReadyForQuery tells it: idle, in a transaction, in a failed one. */
export type TransactionStatus = 'I' | 'T' | 'E';

const READY_FOR_QUERY = 0x5a; // Z
const ERROR_RESPONSE = 0x45; // E
const COPY_IN_RESPONSE = 0x47; // G
const DATA_ROW = 0x44; // D
const PARAMETER_STATUS = 0x53; // S

function backendMessage(type: string, body: Uint8Array): Buffer {
  const message = Buffer.allocUnsafe(5 + body.length);
  message[0] = type.charCodeAt(0);
  message.writeInt32BE(4 + body.length, 1);
  message.set(body, 5);
  return message;
}

/** An ErrorResponse. */
export function errorMessage(
  severity: 'ERROR' | 'FATAL',
  sqlstate: string,
  text: string,
  hint?: string,
): Buffer {
  const fields = [`S${severity}`, `V${severity}`, `C${sqlstate}`, `M${text}`];
  if (hint !== undefined) fields.push(`H${hint}`);
  return backendMessage('E', Buffer.from(`${fields.join('\0')}\0\0`));
}

/** ReadyForQuery. */
export const readyForQuery = (status: TransactionStatus): Buffer => backendMessage('Z', Buffer.from(status));

/** The key a client sends back in a CancelRequest. */
export function backendKeyData(pid: number, secret: number): Buffer {
  const body = Buffer.allocUnsafe(8);
  body.writeInt32BE(pid, 0);
  body.writeInt32BE(secret, 4);
  return backendMessage('K', body);
}

/** AuthenticationOk: nobody is asked for a password, the server listens on 127.0.0.1 only. */
export const authenticationOk = (): Buffer => backendMessage('R', Buffer.alloc(4));

/** ParameterStatus. */
export const parameterStatus = (name: string, value: string): Buffer =>
  backendMessage('S', Buffer.from(`${name}\0${value}\0`));

/** NegotiateProtocolVersion: 3.0 is the newest minor version spoken here. */
export const negotiateProtocolVersion = (): Buffer => backendMessage('v', Buffer.alloc(8));

/** Walks the messages of a complete reply: type, offset of the message, offset after it. */
export function* backendMessages(reply: Buffer): Generator<{ type: number; start: number; end: number }> {
  let start = 0;
  while (start + 5 <= reply.length) {
    const end = start + 1 + reply.readInt32BE(start + 1);
    yield { type: reply[start] as number, start, end };
    start = end;
  }
}

/**
 * The status after a reply, undefined when it does not end in ReadyForQuery.
 * Only the last six bytes are looked at: a reply can hold 100,000 rows, and a batch's reply ends in ReadyForQuery or has none.
 */
export function transactionStatus(reply: Buffer): TransactionStatus | undefined {
  const start = reply.length - 6;
  if (start < 0 || reply[start] !== READY_FOR_QUERY || reply.readInt32BE(start + 1) !== 5) return undefined;
  return String.fromCharCode(reply[start + 5] as number) as TransactionStatus;
}

/** The text of the first ErrorResponse in a reply, undefined when there is none. */
export function firstError(reply: Buffer): string | undefined {
  for (const { type, start, end } of backendMessages(reply)) {
    if (type !== ERROR_RESPONSE) continue;
    const fields = reply.toString('utf8', start + 5, end).split('\0');
    const field = (code: string) => fields.find((text) => text.startsWith(code))?.slice(1) ?? '';
    return `${field('M')} (SQLSTATE ${field('C')})`;
  }
  return undefined;
}

/** The first column of the first DataRow in a reply, as text; null when there is none. */
export function firstColumn(reply: Buffer): string | null {
  for (const { type, start } of backendMessages(reply)) {
    if (type !== DATA_ROW || reply.readInt16BE(start + 5) === 0) continue;
    const length = reply.readInt32BE(start + 7);
    return length < 0 ? null : reply.toString('utf8', start + 11, start + 11 + length);
  }
  return null;
}

/** The reply without CopyInResponse, so that a client whose COPY was refused does not begin to send data. */
export function withoutCopyIn(reply: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (const { type, start, end } of backendMessages(reply)) {
    if (type !== COPY_IN_RESPONSE) kept.push(reply.subarray(start, end));
  }
  return Buffer.concat(kept);
}

/** The name and value of every ParameterStatus in a reply. */
export function parameterStatuses(reply: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  for (const { type, start, end } of backendMessages(reply)) {
    if (type !== PARAMETER_STATUS) continue;
    const [name, value] = reply.toString('utf8', start + 5, end).split('\0');
    if (name !== undefined && value !== undefined) found.set(name, value);
  }
  return found;
}
