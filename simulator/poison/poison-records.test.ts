import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { validateOrder } from '../../domain/holds/validation.ts';
import { decodeOrderRecord } from '../../domain/records/decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from '../../domain/records/json-record.ts';
import { Prng } from '../timing/prng.ts';
import { POISON_CLASSES, poisonRecords } from './poison-records.ts';

const NOW = Date.UTC(2026, 0, 1);

function parses(value: Buffer | null): boolean {
  try {
    JSON.parse(String(value));
    return true;
  } catch {
    return false;
  }
}

it('goes through every class, each doing what it says', () => {
  const seen = new Set<string>();
  for (const record of poisonRecords(new Prng('all'), 12_000)) {
    seen.add(record.class);
    const decoded = decodeOrderRecord(record.value, NOW * 1000, DEFAULT_INPUT_LIMITS);
    const outcome =
      decoded.kind === 'rejected'
        ? decoded.type
        : validateOrder(decoded.event.fields).length > 0
          ? 'FUL-VALID'
          : 'accepted';
    if (outcome !== record.expected) {
      expect.fail(
        `${record.class}: ${outcome}, not ${record.expected}: ${String(record.value).slice(0, 300)}`,
      );
    }
  }
  expect([...seen].sort()).toEqual([...POISON_CLASSES].sort());
});

it('makes unreadable values that JSON.parse refuses, and sound JSON otherwise', () => {
  const unreadable = new Set([
    'empty-value',
    'blank-value',
    'not-json',
    'truncated-json',
    'trailing-garbage',
    'unclosed-bomb',
    'null-value',
  ]);
  for (const record of poisonRecords(new Prng('parse'), 3_000)) {
    if (record.class === 'null-value') expect(record.value).toBeNull();
    else if (unreadable.has(record.class)) expect(parses(record.value), record.class).toBe(false);
    else if (record.class === 'over-size-limit') expect(record.value?.length).toBeGreaterThan(1024 * 1024);
    else if (record.class === 'invalid-utf8') expect(isUtf8(record.value as Buffer)).toBe(false);
    else if (record.expected !== 'PARSE_ERROR') expect(parses(record.value), record.class).toBe(true);
  }
});

it('is the same for the same seed, and gives every record its own key', () => {
  const of = (seed: string) => [...poisonRecords(new Prng(seed), 500, { prefix: 'R1-X', maxBytes: 4_096 })];
  const digest = (seed: string) => {
    const hash = createHash('sha256');
    for (const record of of(seed))
      hash.update(`${record.class} ${record.key} `).update(record.value ?? 'null');
    return hash.digest('hex');
  };
  expect(digest('a')).toBe(digest('a'));
  expect(digest('a')).not.toBe(digest('b'));
  const keys = of('a').map((record) => String(record.key));
  expect(new Set(keys).size).toBe(500);
  expect(keys.every((key) => key.startsWith('R1-X'))).toBe(true);
});
