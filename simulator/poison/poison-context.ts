import type { Prng } from '../timing/prng.ts';
import type { PoisonOutcome } from './poison-record.ts';

/** What a poison class may use. */
export interface PoisonContext {
  rng: Prng;
  /** Current time of the simulated clock, ms since the epoch. */
  now: number;
  /** An order_id no other record has. */
  orderId: string;
  /** Values over this many bytes are turned away. */
  maxBytes: number;
}

/** One way to be wrong. */
export interface PoisonClass {
  class: string;
  expected: PoisonOutcome;
  /** Relative frequency; 1 unless told. */
  weight?: number;
  make(context: PoisonContext): Buffer | null;
}

/** A sound ORDER_CREATED event as an object, for a class to spoil. No product: it takes no part in the burst rules. */
export function soundEvent({ rng, now, orderId }: PoisonContext): Record<string, unknown> {
  return {
    order_id: orderId,
    event_type: 'ORDER_CREATED',
    occurred_at: new Date(now - rng.int(0, 2_000)).toISOString(),
    event_id: `${orderId}.1`,
    current_stage: 'PAYMENT',
    user_id: `U-${String(rng.int(1, 20_000)).padStart(6, '0')}`,
    shipping_address: '서울특별시 마포구 양화로 45, 한빛아파트 102동 803호',
    quantity: rng.int(1, 3),
    amount: rng.int(10, 900) * 100,
    currency: 'KRW',
    channel: 'app',
  };
}

export function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

/** A sound event with some members replaced; undefined removes one. */
export function spoiled(context: PoisonContext, members: Record<string, unknown>): Buffer {
  return json({ ...soundEvent(context), ...members });
}
