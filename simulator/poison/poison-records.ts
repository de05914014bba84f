import { Buffer } from 'node:buffer';
import type { Prng } from '../timing/prng.ts';
import { HOSTILE } from './hostile.ts';
import type { PoisonClass } from './poison-context.ts';
import type { PoisonRecord } from './poison-record.ts';
import { HELD, SCHEMA } from './schema.ts';
import { UNREADABLE } from './unreadable.ts';

export type { PoisonOutcome, PoisonRecord } from './poison-record.ts';

const CLASSES: readonly PoisonClass[] = [...UNREADABLE, ...HOSTILE, ...SCHEMA, ...HELD];

/** Names of all classes. */
export const POISON_CLASSES: readonly string[] = CLASSES.map((one) => one.class);

export interface PoisonOptions {
  /** Begins order_ids and keys; default `POISON-`. */
  prefix?: string;
  /** Simulated clock, ms since the epoch; default 2026-01-01. Times of otherwise sound events are near it. */
  now?: () => number;
  /** The input limit in bytes which `over-size-limit` exceeds; default 1 MiB. */
  maxBytes?: number;
}

const DEFAULT_NOW = Date.UTC(2026, 0, 1);
const TOTAL_WEIGHT = CLASSES.reduce((sum, one) => sum + (one.weight ?? 1), 0);

/**
 * `n` poison records (Infinity for no end). The first ones go through all classes once, then classes come by weight.
 * Every record has an order_id of its own where it has one at all, and a key that begins with the prefix. About one record
 * in 400 is over the size limit: do not keep millions of them.
 */
export function* poisonRecords(rng: Prng, n: number, options: PoisonOptions = {}): Iterable<PoisonRecord> {
  const prefix = options.prefix ?? 'POISON-';
  const now = options.now ?? (() => DEFAULT_NOW);
  const maxBytes = options.maxBytes ?? 1024 * 1024;
  const firstRound = shuffled(CLASSES, rng);
  for (let i = 0; i < n; i++) {
    const one = firstRound[i] ?? byWeight(rng);
    const orderId = `${prefix}${i.toString(36).toUpperCase().padStart(6, '0')}`;
    yield {
      value: one.make({ rng, now: now(), orderId, maxBytes }),
      key: Buffer.from(orderId),
      class: one.class,
      expected: one.expected,
    };
  }
}

function byWeight(rng: Prng): PoisonClass {
  let at = rng.next() * TOTAL_WEIGHT;
  for (const one of CLASSES) {
    at -= one.weight ?? 1;
    if (at < 0) return one;
  }
  return CLASSES[0] as PoisonClass;
}

function shuffled<T>(items: readonly T[], rng: Prng): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = rng.int(0, i);
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
