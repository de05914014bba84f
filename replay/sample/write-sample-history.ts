import { mkdir } from 'node:fs/promises';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { Prng } from '../../simulator/timing/prng.ts';
import { type BrokenRow, writeBrokenRows } from './broken-rows.ts';
import { createSampleFiles, writeOrder, writeShop } from './sample-files.ts';
import { isLate, sampleOrder } from './sample-order.ts';
import { hexId, makeShop } from './shop.ts';

export interface SampleOptions {
  /** The same seed and options give the same bytes. */
  seed: string;
  orders: number;
  /** First day on which something is bought, `YYYY-MM-DD`. */
  from: string;
  /** Days on which something is bought; what was bought goes on for some weeks. */
  days: number;
  /** Whether a row of each kind of trouble is added to the sound ones. */
  brokenRows?: boolean;
}

export interface SampleHistory {
  orders: number;
  items: number;
  payments: number;
  reviews: number;
  /** Delivered after the promised day. */
  late: number;
  delivered: number;
  /** What was broken, and where. */
  broken: BrokenRow[];
}

const SHARE_OF_OLD_CUSTOMERS = 0.05;
const MOST_OLD_CUSTOMERS = 1_000;

/**
 * Writes a made-up order history in the layout of the Olist data set into a folder, which is made when missing. Rows are
 * in no order of time. Slow sellers and slow routes are why orders are late, and promises know of neither.
 *
 * @throws {RangeError} when `from` is no day, or a number is not positive
 */
export async function writeSampleHistory(dir: string, options: SampleOptions): Promise<SampleHistory> {
  const from = parseIso8601(`${options.from}T00:00:00Z`);
  if (from === null) throw new RangeError(`from must be a day such as 2017-01-31, not ${options.from}`);
  if (!(options.orders > 0 && options.days > 0)) throw new RangeError('orders and days must be positive');
  await mkdir(dir, { recursive: true });
  const rng = new Prng(options.seed);
  const shop = makeShop(rng.fork('shop'), options.orders);
  const files = await createSampleFiles(dir);
  const history: SampleHistory = {
    orders: 0,
    items: 0,
    payments: 0,
    reviews: 0,
    late: 0,
    delivered: 0,
    broken: [],
  };
  try {
    await writeShop(files, shop, rng.fork('points'));
    const users: string[] = [];
    const people = rng.fork('people');
    for (let index = 0; index < options.orders; index++) {
      const known = users.length > 0 && people.chance(SHARE_OF_OLD_CUSTOMERS);
      const userId = known ? people.pick(users) : hexId(people);
      if (!known && users.length < MOST_OLD_CUSTOMERS) users.push(userId);
      const order = sampleOrder(rng.fork(`order ${index}`), shop, userId, from, options.days);
      await writeOrder(files, order);
      history.orders++;
      history.items += order.items.length;
      history.payments += order.payments.length;
      history.reviews += order.review === null ? 0 : 1;
      history.delivered += order.deliveredAt === null ? 0 : 1;
      history.late += isLate(order) ? 1 : 0;
    }
    if (options.brokenRows === true) {
      history.broken = await writeBrokenRows(files, shop, rng.fork('broken'), from);
    }
  } finally {
    for (const file of Object.values(files)) await file.close();
  }
  return history;
}
