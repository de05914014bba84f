import { beforeAll, expect, it } from 'vitest';
import type { FollowedOrder, Milestone, MilestoneKind } from '../../domain/delivery/milestone.ts';
import { DAY, HOUR, type Micros } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { DeliveryFollower } from '../../processor/sequence/delivery-follower.ts';
import { freshDatabase } from '../support/database.ts';
import { DESK_SETTINGS, PlainLateness, PlainRoutes } from '../support/delivery-desk.ts';
import { NOW } from '../support/delivery-rows.ts';
import { processorDatabase } from '../support/orders-processor.ts';

let database: Database;

beforeAll(async () => {
  database = processorDatabase((await freshDatabase()).url);
});

const NOWHERE = { zip: null, city: null, state: null, latitude: null, longitude: null };

function order(orderId: string, approvedAt: Micros, more: Partial<FollowedOrder> = {}): FollowedOrder {
  return {
    orderId,
    sellerId: 'S-1',
    lines: [],
    amount: null,
    region: null,
    from: NOWHERE,
    to: NOWHERE,
    promisedAt: approvedAt + DAY,
    createdAt: approvedAt,
    approvedAt,
    handedOverAt: null,
    deliveredAt: null,
    canceledAt: null,
    ...more,
  };
}

function milestone(kind: MilestoneKind, at: Micros, of: FollowedOrder): Milestone {
  return { kind, at, order: of, score: null };
}

/** An order that comes two days late, from which the model learns that orders do; and one that is approved then. */
const HISTORY: readonly Milestone[] = [
  milestone('APPROVED', NOW, order('first', NOW)),
  milestone('HANDED_OVER', NOW + HOUR, order('first', NOW, { handedOverAt: NOW + HOUR })),
  milestone(
    'DELIVERED',
    NOW + 3 * DAY,
    order('first', NOW, { handedOverAt: NOW + HOUR, deliveredAt: NOW + 3 * DAY }),
  ),
  milestone('APPROVED', NOW + 4 * DAY, order('second', NOW + 4 * DAY)),
];

async function webhooks(): Promise<string[]> {
  const { rows } = await database.query<{ key: string }>(
    'SELECT idempotency_key AS key FROM webhook_outbox ORDER BY webhook_id',
  );
  return rows.map(({ key }) => key);
}

it('whoever has to be told of a predicted delay is told once, in the transaction that predicted it', async () => {
  const parts = { routes: new PlainRoutes(), lateness: new PlainLateness() };
  const follower = new DeliveryFollower(DESK_SETTINGS, parts, [], ['customer', 'seller']);
  for (const one of HISTORY) {
    follower.advance(one.at);
    follower.observe(one);
  }
  await inTransaction(database, (connection) => follower.persist(connection));
  const told = ['order.delay_predicted/customer/second', 'order.delay_predicted/seller/second'];
  expect(await webhooks()).toEqual(told);
  // Its limit is passed, too: a second prediction, and no second notice.
  follower.advance(NOW + 30 * DAY);
  await inTransaction(database, (connection) => follower.persist(connection));
  expect(await webhooks()).toEqual(told);
  const { rows } = await database.query<{ moment: string }>(
    `SELECT moment FROM delivery_risks WHERE order_id = 'second' ORDER BY assessed_at`,
  );
  expect(rows.map(({ moment }) => moment)).toEqual(['APPROVAL', 'PREPARATION']);
});
