import { expect, it } from 'vitest';
import { loadConfig } from '../../platform/config/load.ts';
import { topicHandlers } from '../topics/handlers.ts';
import type { TopicHandler } from '../topics/topic-handler.ts';
import { decodeBatch } from './decode-batch.ts';
import type { KafkaRecord } from './kafka-record.ts';

const MS = Date.parse('2026-03-02T12:00:00Z');
const NOW = MS * 1000;
const handler = topicHandlers(loadConfig({})).find((one) => one.topic === 'orders') as TopicHandler<unknown>;

function record(offset: number, value: string | null, over: Partial<KafkaRecord> = {}): KafkaRecord {
  return {
    offset,
    timestampMs: MS,
    key: Buffer.from('k'),
    value: value === null ? null : Buffer.from(value),
    headers: {},
    ...over,
  };
}

const paid = (occurredAt: string, more = '') =>
  `{"order_id":"o1","event_type":"PAID","occurred_at":"${occurredAt}"${more}}`;

const textOf = (pieces: readonly Buffer[]) => Buffer.concat(pieces).toString();

const decode = (records: readonly KafkaRecord[], refused = new Map<number, string>()) =>
  decodeBatch(handler, records, NOW, refused);

it('gives each accepted record its raw row, in order, with the text as it came', () => {
  const text = paid('2026-03-02T11:59:59Z', ', "note" : 1e400');
  const { rawRows, accepted, rejected } = decode([record(5, text), record(9, paid('2026-03-02T12:00:00Z'))]);
  expect(rejected).toEqual([]);
  expect(accepted.map((one) => one.record.offset)).toEqual([5, 9]);
  expect(textOf(rawRows)).toBe(
    `[[5,${NOW},null,0,${text}],[9,${NOW},null,-32768,${paid('2026-03-02T12:00:00Z')}]]`,
  );
});

it('leaves out the byte order mark before a text', () => {
  const text = paid('2026-03-02T12:00:00Z', ', "note": "주문"');
  expect(textOf(decode([record(0, `\ufeff${text}`)]).rawRows)).toBe(`[[0,${NOW},null,-32768,${text}]]`);
});

it('keeps the timestamp beside where it had to be clamped', () => {
  const { rawRows } = decode([record(0, paid('2026-03-02T12:00:00Z'), { timestampMs: -1 })]);
  expect(textOf(rawRows)).toMatch(/^\[\[0,946684800000000,-1,/);
});

it('keeps key, headers and bytes of what it rejects', () => {
  const headers = { source: Buffer.from('x') };
  const { rejected, accepted, rawRows } = decode([
    record(3, 'no JSON', { headers }),
    record(4, null, { key: null }),
  ]);
  expect(accepted).toEqual([]);
  expect(textOf(rawRows)).toBe('[]');
  expect(rejected).toMatchObject([
    {
      offset: 3,
      type: 'PARSE_ERROR',
      key: Buffer.from('k'),
      headers: { source: 'eA==' },
      value: Buffer.from('no JSON'),
    },
    { offset: 4, type: 'PARSE_ERROR', reason: 'the record has no value', key: null, value: null },
  ]);
});

it('rejects what the database refused, with its reason, however sound it is', () => {
  const { rejected } = decode([record(3, paid('2026-03-02T12:00:00Z'))], new Map([[3, 'too large']]));
  expect(rejected).toMatchObject([{ offset: 3, type: 'STORE_ERROR', reason: 'too large' }]);
});

it('lists what says that it was sent again, accepted or not', () => {
  const headers = { 'holdfast-retry': Buffer.from('retry-1-1') };
  const records = [
    record(0, paid('2026-03-02T12:00:00Z'), { headers }),
    record(1, 'no JSON', { headers }),
    record(2, 'no JSON', { headers: { 'holdfast-retry': Buffer.from('nonsense') } }),
    record(3, paid('2026-03-02T12:00:00Z'), { headers }),
  ];
  const { retried } = decode(records, new Map([[3, 'too large']]));
  expect(retried.map(({ actionId, offset, rejection }) => [actionId, offset, rejection])).toEqual([
    ['retry-1-1', 0, null],
    ['retry-1-1', 1, expect.stringContaining('not JSON')],
    ['retry-1-1', 3, 'too large'],
  ]);
});

it('keeps nothing of its own messages, and passes over those that ask for nothing', () => {
  const holds = topicHandlers(loadConfig({})).find((one) => one.topic === 'holds') as TopicHandler<unknown>;
  const opened = { event_type: 'HOLD_OPENED', order_id: 'o1', occurred_at: '2026-03-02T11:00:00Z' };
  const cleared = {
    ...opened,
    event_type: 'HOLD_CLEARED',
    event_id: 'decision/FUL-VALID/1/o1',
    reason_code: 'FUL-VALID',
    episode: 1,
    opened_at: '2026-03-02T11:00:00Z',
    decided_by: 'kim',
    source: 'slack',
  };
  const records = [opened, cleared].map((message, offset) => record(offset, JSON.stringify(message)));
  const batch = decodeBatch(holds, records, NOW, new Map());
  expect(batch).toMatchObject({ rawRows: [Buffer.from('[]')], rejected: [], weeks: 1 });
  expect(batch.accepted.map((one) => one.record.offset)).toEqual([1]);
});

it('tells the latest event time, when each was produced, and how many weeks it spans', () => {
  const batch = decode([
    record(0, paid('2026-03-02T10:00:00Z', ',"event_produced_at":"2026-03-02T10:00:01Z"')),
    record(1, paid('2026-03-02T11:00:00Z')),
    record(2, paid('2024-01-01T00:00:00Z')),
    record(3, 'no JSON'),
  ]);
  expect(batch.watermark).toBe(Date.parse('2026-03-02T11:00:00Z') * 1000);
  expect(batch.producedAt).toEqual([Date.parse('2026-03-02T10:00:01Z') * 1000, NOW, NOW]);
  expect(batch.weeks).toBe(2);
  expect(decode([record(3, 'no JSON')])).toMatchObject({ watermark: null, producedAt: [], weeks: 0 });
});

it('does not let a producer whose clock is fast put everybody else late, by event or by timestamp', () => {
  const ahead = MS + 10 * 3_600_000;
  const { watermarkMove, accepted } = decode([
    record(0, paid('2026-03-02T22:00:00Z'), { timestampMs: ahead }),
    record(1, paid('2026-03-02T11:00:00Z')),
  ]);
  expect(accepted).toHaveLength(2);
  expect(watermarkMove?.ifOrdinary).toBe(NOW - 60_000_000);
  const { watermarkMove: earlier } = decode([
    record(0, paid('2026-03-02T22:00:00Z'), { timestampMs: MS - 1000 }),
  ]);
  expect(earlier?.ifOrdinary).toBe(NOW - 61_000_000);
});

it('follows the watermarks among the records, which are nothing else', () => {
  const mark = (offset: number, text: string) =>
    record(offset, null, { headers: { 'holdfast-watermark': Buffer.from(text) } });
  const { accepted, rejected, watermarkMove } = decode([
    record(0, paid('2026-03-02T10:00:00Z')),
    mark(1, '2026-03-02T11:00:00Z'),
    record(2, paid('2026-03-02T11:30:00Z')),
  ]);
  expect(accepted).toHaveLength(2);
  expect(rejected).toEqual([]);
  expect(watermarkMove).toEqual({
    ifOrdinary: Date.parse('2026-03-02T09:59:00Z') * 1000,
    always: Date.parse('2026-03-02T11:00:00Z') * 1000,
    explicit: true,
  });
});
