import type { KafkaMessage } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { clampedTimestamp, encodeHeaders, readMessage, traceIdOf } from './kafka-record.ts';

const NOW = Date.parse('2026-03-02T12:00:00Z') * 1000;
const EARLIEST = Date.parse('2000-01-01T00:00:00Z') * 1000;
const LATEST = Date.parse('2026-03-03T12:00:00Z') * 1000;

function message(over: Partial<KafkaMessage>): KafkaMessage {
  return {
    offset: '7',
    timestamp: '1772452800000',
    key: null,
    value: null,
    attributes: 0,
    ...over,
  } as KafkaMessage;
}

describe('readMessage', () => {
  it('takes over what Kafka gave', () => {
    const headers = { source: Buffer.from('shop') };
    expect(readMessage(message({ key: Buffer.from('k'), value: Buffer.from('v'), headers }))).toEqual({
      offset: 7,
      timestampMs: 1_772_452_800_000,
      key: Buffer.from('k'),
      value: Buffer.from('v'),
      headers,
    });
    expect(readMessage(message({})).headers).toEqual({});
  });

  it.each([
    ['9223372036854775807', Number.MAX_SAFE_INTEGER],
    ['-9223372036854775808', Number.MIN_SAFE_INTEGER],
    ['-1', -1],
    ['0', 0],
  ])('keeps the timestamp %s an integer that prints as one', (timestamp, expected) => {
    expect(readMessage(message({ timestamp })).timestampMs).toBe(expected);
  });
});

describe('clampedTimestamp', () => {
  it.each([
    [-1, EARLIEST],
    [0, EARLIEST],
    [EARLIEST / 1000 - 1, EARLIEST],
    [EARLIEST / 1000, EARLIEST],
    [NOW / 1000, NOW],
    [LATEST / 1000, LATEST],
    [LATEST / 1000 + 1, LATEST],
    [Number.MAX_SAFE_INTEGER, LATEST],
  ])('%d ms', (timestampMs, expected) => {
    expect(clampedTimestamp(timestampMs, NOW)).toBe(expected);
  });
});

describe('encodeHeaders', () => {
  it('keeps bytes, texts, repetitions and missing values apart', () => {
    expect(
      encodeHeaders({
        bytes: Buffer.from([0, 255]),
        text: '값',
        empty: Buffer.alloc(0),
        none: null,
        absent: undefined,
        twice: [Buffer.from('1'), null],
      }),
    ).toEqual({ bytes: 'AP8=', text: '6rCS', empty: '', none: null, twice: ['MQ==', null] });
  });

  it('replaces in names only what jsonb cannot hold', () => {
    expect(Object.keys(encodeHeaders({ 'a\u0000b': 'x', '\ud800': 'y', '\u{1F600}': 'z' }))).toEqual([
      'a\uFFFDb',
      '\uFFFD',
      '\u{1F600}',
    ]);
  });

  it('leaves out what kafkajs takes from Object.prototype for a first value', () => {
    const fromKafkajs = {
      constructor: [Object as unknown as Buffer, Buffer.from('c')],
      toString: [Object.prototype.toString as unknown as Buffer, Buffer.from('1'), Buffer.from('2')],
    };
    expect({ ...encodeHeaders(fromKafkajs) }).toEqual({ constructor: 'Yw==', toString: ['MQ==', 'Mg=='] });
  });

  it('keeps a header called __proto__', () => {
    const headers = Object.fromEntries([['__proto__', Buffer.from('p')]]);
    expect(JSON.stringify(encodeHeaders(headers))).toBe('{"__proto__":"cA=="}');
  });
});

describe('traceIdOf', () => {
  const id = '0af7651916cd43dd8448eb211c80319c';

  it('reads a good traceparent', () => {
    expect(traceIdOf({ traceparent: Buffer.from(`00-${id}-b7ad6b7169203331-01`) })).toBe(id);
  });

  it.each([
    [undefined],
    [null],
    [Buffer.alloc(0)],
    [Buffer.from([255, 254])],
    [`01-${id}-b7ad6b7169203331-01`],
    [`00-${id.toUpperCase()}-b7ad6b7169203331-01`],
    [[Buffer.from(`00-${id}-b7ad6b7169203331-01`)]],
  ])('ignores %s', (traceparent) => {
    expect(traceIdOf({ traceparent })).toBeNull();
  });
});
