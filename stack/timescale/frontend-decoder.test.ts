import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrontendDecoder, type FrontendEvent, ProtocolError } from './frontend-decoder.ts';
import {
  FRONTEND_TYPES,
  frontendMessage,
  queryMessage,
  startupPacket,
  syncMessage,
} from './frontend-messages.ts';

const STARTUP = startupPacket({ user: 'postgres', database: 'postgres' });

function request(code: number, ...words: number[]): Buffer {
  const packet = Buffer.alloc(8 + 4 * words.length);
  packet.writeInt32BE(packet.length, 0);
  packet.writeInt32BE(code, 4);
  words.forEach((word, i) => {
    packet.writeInt32BE(word, 8 + 4 * i);
  });
  return packet;
}

/** Events of a whole stream, batches as the bytes of their messages. */
function decode(chunks: readonly Buffer[]): unknown[] {
  const decoder = new FrontendDecoder();
  return chunks.flatMap((chunk) => decoder.push(chunk)).map(plain);
}

const plain = (event: FrontendEvent): unknown =>
  event.kind === 'batch'
    ? {
        end: event.batch.end,
        length: event.batch.length,
        messages: event.batch.messages.map((m) => m.toString('hex')),
      }
    : event.kind === 'startup'
      ? { ...event, parameters: [...event.parameters] }
      : event;

const inner = fc
  .tuple(
    fc.constantFrom(
      FRONTEND_TYPES.parse,
      FRONTEND_TYPES.bind,
      FRONTEND_TYPES.describe,
      FRONTEND_TYPES.execute,
      FRONTEND_TYPES.close,
    ),
    fc.uint8Array({ maxLength: 300 }),
  )
  .map(([type, body]) => frontendMessage(type, body));
const closing = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((body) => frontendMessage(FRONTEND_TYPES.query, body)),
  fc.constant(syncMessage()),
  fc.constant(frontendMessage(FRONTEND_TYPES.flush, Buffer.alloc(0))),
);
const runs = fc.array(fc.tuple(fc.array(inner, { maxLength: 4 }), closing), { maxLength: 6 });

describe('FrontendDecoder', () => {
  test('gives the same batches however TCP cuts and joins the bytes', () => {
    fc.assert(
      fc.property(runs, fc.array(fc.nat(), { maxLength: 20 }), (sent, cuts) => {
        const messages = sent.flatMap(([before, end]) => [...before, end]);
        const bytes = Buffer.concat([STARTUP, ...messages]);
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
          (a, b) => a - b,
        );
        const chunks = places.slice(1).map((place, i) => Buffer.from(bytes.subarray(places[i], place)));
        const events = decode(chunks);
        expect(events).toEqual(decode([bytes]));
        expect(events).toHaveLength(1 + sent.length);
        const received = events.slice(1) as { messages: string[]; length: number }[];
        expect(received.flatMap((event) => event.messages)).toEqual(messages.map((m) => m.toString('hex')));
        expect(received.map((event) => event.length)).toEqual(
          sent.map(([before, end]) => [...before, end].reduce((sum, m) => sum + m.length, 0)),
        );
      }),
    );
  });

  test('never throws anything but a ProtocolError, whatever arrives', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), fc.boolean(), (chunks, started) => {
        const decoder = new FrontendDecoder();
        if (started) decoder.push(STARTUP);
        try {
          for (const chunk of chunks) decoder.push(Buffer.from(chunk));
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
    );
  });

  test('reads the parameters of a start-up packet, also after a refused encryption request', () => {
    expect(decode([request(80877103), request(80877104), STARTUP])).toEqual([
      { kind: 'encryption-request' },
      { kind: 'encryption-request' },
      {
        kind: 'startup',
        minor: 0,
        parameters: [
          ['user', 'postgres'],
          ['database', 'postgres'],
        ],
      },
    ]);
  });

  test('reads a cancel request', () => {
    expect(decode([request(80877102, 7, -5)])).toEqual([{ kind: 'cancel', pid: 7, secret: -5 }]);
  });

  test('keeps a run back until it asks for an answer', () => {
    const decoder = new FrontendDecoder();
    decoder.push(STARTUP);
    expect(decoder.push(frontendMessage(FRONTEND_TYPES.parse, Buffer.from('\0select 1\0\0\0')))).toEqual([]);
    expect(decoder.push(syncMessage())).toHaveLength(1);
  });

  test('copies a large message at most once, into a buffer of its own size', () => {
    const large = queryMessage(`select '${'x'.repeat(3_000_000)}'`);
    const decoder = new FrontendDecoder();
    decoder.push(STARTUP);
    const events: FrontendEvent[] = [];
    for (let at = 0; at < large.length; at += 65_536)
      events.push(...decoder.push(large.subarray(at, at + 65_536)));
    const [event] = events;
    if (event?.kind !== 'batch') throw new Error('a batch was expected');
    expect(event.batch.messages[0]?.buffer.byteLength).toBe(large.length);
    const whole = new FrontendDecoder();
    whole.push(STARTUP);
    const [direct] = whole.push(large);
    if (direct?.kind !== 'batch') throw new Error('a batch was expected');
    expect(direct.batch.messages[0]?.buffer).toBe(large.buffer);
  });

  test('drops what a client still sends of a COPY that was refused', () => {
    const leftovers = [FRONTEND_TYPES.copyData, FRONTEND_TYPES.copyDone, FRONTEND_TYPES.copyFail];
    const chunks = leftovers.map((type) => frontendMessage(type, Buffer.from('1\n')));
    expect(decode([STARTUP, ...chunks])).toHaveLength(1);
  });

  test.each([
    ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\n\r\n'), /PostgreSQL protocol only/],
    ['protocol version 2', request(2 << 16), /unsupported protocol version 2.0/],
    [
      'an unknown message',
      Buffer.concat([STARTUP, Buffer.from('?\0\0\0\x04')]),
      /invalid frontend message type 63/,
    ],
    [
      'a negative length',
      Buffer.concat([STARTUP, Buffer.from('Q\xff\xff\xff\xff', 'latin1')]),
      /invalid message length/,
    ],
    ['a message of 1 GiB', Buffer.concat([STARTUP, Buffer.from('Q\x40\0\0\0')]), /over the embedded limit/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decode([bytes])).toThrow(message);
  });
});
