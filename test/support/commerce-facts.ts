import type { Database } from '../../platform/database/database.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface CommerceFacts {
  /** Begins the ids. */
  readonly name: string;
  /** When the last of them was delivered, in ms. */
  readonly end: number;
  /** From the first order to the last delivery, in ms. */
  readonly span: number;
  readonly orders: number;
}

/**
 * What orders with items leave behind once they were followed: lines, outcomes and reviews, of a few sellers, products and
 * regions. Without chance, yet with what is uneven in life: late ones, stages that nobody knows, prices without freight.
 */
export async function insertCommerceFacts(database: Database, facts: CommerceFacts): Promise<void> {
  const orders = Array.from({ length: facts.orders }, (_, i) => factOf(facts, i));
  await database.query(
    `INSERT INTO order_items (partition_at, order_id, line, product_id, seller_id, quantity, price, freight)
     SELECT (o->>'created')::timestamptz, o->>'id', line, 'P-' || (line * 7 + (o->>'i')::int) % 9,
            CASE WHEN (o->>'i')::int % 13 > 0 THEN o->>'seller' END, line, ((o->>'i')::int % 50) * 10.5,
            CASE WHEN (o->>'i')::int % 4 > 0 THEN 9.9 END
     FROM jsonb_array_elements($1::jsonb) AS o, generate_series(1, 1 + (o->>'i')::int % 2) AS line`,
    [JSON.stringify(orders)],
  );
  await database.query(
    `INSERT INTO delivery_outcomes (delivered_at, order_id, seller_id, product_id, category, region, seller_state, customer_zip,
                                    seller_zip, distance_km, weight_g, amount, created_at, approved_at, handed_over_at, promised_at)
     SELECT (o->>'delivered')::timestamptz, o->>'id', o->>'seller', 'P-' || (o->>'i')::int % 9, 'kettles', o->>'region',
            CASE WHEN (o->>'i')::int % 6 > 0 THEN 'Seoul' END, '0400' || (o->>'i')::int % 3, '06000',
            CASE WHEN (o->>'i')::int % 5 > 0 THEN 12.5 * ((o->>'i')::int % 40) END, 250 * ((o->>'i')::int % 30),
            (o->>'i')::int * 1.25, (o->>'created')::timestamptz, (o->>'approved')::timestamptz,
            (o->>'handed')::timestamptz, (o->>'promised')::timestamptz
     FROM jsonb_array_elements($1::jsonb) AS o`,
    [JSON.stringify(orders)],
  );
  await database.query(
    `INSERT INTO reviews (occurred_at, order_id, event_id, content_hash, score, comment, reasons)
     SELECT (o->>'delivered')::timestamptz, o->>'id', o->>'id', (o->>'i')::int, 1 + (o->>'i')::int % 5, 'what people write',
            CASE WHEN (o->>'i')::int % 5 < 2 THEN ARRAY['LATE'] ELSE '{}' END
     FROM jsonb_array_elements($1::jsonb) AS o`,
    [JSON.stringify(orders)],
  );
}

function factOf({ name, end, span, orders }: CommerceFacts, i: number): Record<string, unknown> {
  const delivered = end - (i * span) / orders / 2;
  const created = delivered - span / 2;
  const approved = created + (i % 7) * (span / 100);
  const handed = approved + (i % 11) * (span / 60);
  const at = (time: number) => new Date(time).toISOString();
  return {
    i,
    id: `${name}-${i}`,
    seller: `S-${i % 4}`,
    region: i % 10 > 0 ? ['Seoul', 'Busan', 'Jeju'][i % 3] : null,
    created: at(created),
    approved: i % 8 > 0 ? at(approved) : null,
    handed: i % 9 > 0 ? at(handed) : null,
    delivered: at(delivered),
    promised: i % 12 > 0 ? at(delivered + ((i % 6) - 2) * DAY) : null,
  };
}
