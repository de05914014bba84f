import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyRecord } from '../../test/support/oracle/classify-record.ts';
import { JUST_FINE, MALFORMED } from '../../test/support/traffic/malformed.ts';
import { drafts } from '../../test/support/traffic/records.ts';
import { NOW } from '../../test/support/traffic/times.ts';
import { decodeOrderRecord } from './decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from './json-record.ts';

/** What the code says, in the oracle's words. */
function outcome(value: Buffer | null) {
  const decoded = decodeOrderRecord(value, NOW, DEFAULT_INPUT_LIMITS);
  return decoded.kind === 'event' ? decoded.event : decoded.type;
}

function expected(value: Buffer | null) {
  const classified = classifyRecord(value, NOW);
  return classified.kind === 'event' ? classified.event : classified.type;
}

describe('a malformed record', () => {
  for (const arbitrary of MALFORMED) {
    const [sample] = fc.sample(arbitrary, 1);
    it(`(${sample?.name}) is rejected as the table says`, () => {
      const numRuns = sample?.name === 'over the input limit' || sample?.name === 'nesting bomb' ? 40 : 1_000;
      fc.assert(
        fc.property(arbitrary, ({ value, type }) => {
          expect(outcome(value)).toBe(type);
          expect(expected(value)).toBe(type);
        }),
        { numRuns },
      );
    });
  }
});

describe('a record that is only just fine', () => {
  it.each(JUST_FINE)('(%s) becomes an event', (_name, value) => {
    expect(outcome(value)).toMatchObject({ orderId: expect.any(String) as string });
    expect(outcome(value)).toEqual(expected(value));
  });
});

it('reads every well-formed message as the oracle does, whatever its form', () => {
  fc.assert(
    fc.property(drafts, (list) => {
      for (const { value } of list) expect(outcome(value)).toEqual(expected(value));
    }),
    { numRuns: 300 },
  );
});

it('never throws, and always agrees with the oracle on what is rejected', () => {
  const member = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('', 'PAID', 'HOLD', '2026-03-02T00:00:00Z', 1, -1, 1.5),
  );
  const names = [
    'order_id',
    'event_type',
    'last_event_type',
    'occurred_at',
    'last_occurred_at',
    'quantity',
    'amount',
    'user_id',
    'created_at',
    'note',
  ];
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    fc.dictionary(fc.constantFrom(...names), member).map((json) => Buffer.from(JSON.stringify(json))),
    fc.dictionary(fc.constantFrom(...names), member).map((json) =>
      Buffer.from(
        JSON.stringify({
          order_id: 'o1',
          event_type: 'PAID',
          occurred_at: '2026-03-02T00:00:00Z',
          ...json,
        }),
      ),
    ),
  );
  fc.assert(
    fc.property(anything, (value) => {
      const decoded = decodeOrderRecord(value, NOW, DEFAULT_INPUT_LIMITS);
      const classified = classifyRecord(value, NOW);
      expect(decoded.kind).toBe(classified.kind);
      if (decoded.kind === 'event' && classified.kind === 'event')
        expect(decoded.event).toEqual(classified.event);
      if (decoded.kind === 'rejected' && classified.kind === 'rejected')
        expect(classified.types).toContain(decoded.type);
    }),
    { numRuns: 10_000 },
  );
});
