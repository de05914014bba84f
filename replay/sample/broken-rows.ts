import { DAY, HOUR, type Micros } from '../../domain/time/micros.ts';
import type { Prng } from '../../simulator/timing/prng.ts';
import type { IssueKind } from '../report/issue.ts';
import { naive, type SampleFiles } from './sample-files.ts';
import { hexId, type SampleProduct, type Shop } from './shop.ts';

/** Where a row was broken on purpose, and what has to be said of it. */
export interface BrokenRow {
  file: string;
  /** From 1. */
  line: number;
  kind: IssueKind;
}

/** An order's times as the row has them; null: an empty cell. */
interface Times {
  approved: string | null;
  shipped: string | null;
  delivered: string | null;
}

/** Adds a row of each kind of trouble to the end of the files. */
export async function writeBrokenRows(
  files: SampleFiles,
  shop: Shop,
  rng: Prng,
  from: Micros,
): Promise<BrokenRow[]> {
  const broken: BrokenRow[] = [];
  const note = (file: keyof SampleFiles, line: number, kind: IssueKind) =>
    void broken.push({ file: files[file].name, line, kind });
  const at = (days: number) => naive(from + days * DAY + 9 * HOUR);
  const sound: Times = { approved: at(1), shipped: at(3), delivered: at(8) };

  const order = async (status: string, times: Times, more: { customer?: string } = {}) => {
    const id = hexId(rng);
    const customer = more.customer ?? hexId(rng);
    const place = rng.pick(shop.places);
    if (more.customer === undefined) {
      const person = [customer, hexId(rng), place.zip, place.city, place.state];
      await files.olist_customers_dataset.row(person);
    }
    const { approved, shipped, delivered } = times;
    const cells = [id, customer, status, at(0), approved, shipped, delivered, at(20)];
    return { id, customer, line: await files.olist_orders_dataset.row(cells) };
  };
  const item = (
    orderId: string,
    more: { product?: string; seller?: string; price?: string; limit?: string },
  ) => {
    const product = rng.pick(shop.products) as SampleProduct;
    return files.olist_order_items_dataset.row([
      orderId,
      1,
      more.product ?? product.id,
      more.seller ?? product.sellers[0]?.id ?? null,
      more.limit ?? at(4),
      more.price ?? product.price,
      9.5,
    ]);
  };

  const impossible: readonly (readonly [kind: IssueKind, status: string, times: Times])[] = [
    ['DELIVERED_BEFORE_SHIPPED', 'delivered', { ...sound, shipped: at(9) }],
    ['SHIPPED_BEFORE_APPROVED', 'delivered', { ...sound, approved: at(5) }],
    ['APPROVED_BEFORE_PURCHASE', 'delivered', { ...sound, approved: at(-1) }],
    ['SHIPPED_WITHOUT_APPROVAL', 'shipped', { ...sound, approved: null, delivered: null }],
    ['DELIVERED_WITHOUT_SHIPPING', 'delivered', { ...sound, shipped: null }],
    ['DELIVERED_WITHOUT_TIME', 'delivered', { ...sound, delivered: null }],
    ['CANCELED_AFTER_DELIVERY', 'canceled', sound],
    ['BAD_TIME', 'delivered', { ...sound, delivered: '2017-02-30 10:00:00' }],
    ['UNKNOWN_STATUS', 'teleported', sound],
  ];
  for (const [kind, status, times] of impossible) {
    const { id, line } = await order(status, times);
    note('olist_orders_dataset', line, kind);
    await item(id, {});
  }

  const stranger = await order('delivered', sound, { customer: hexId(rng) });
  note('olist_orders_dataset', stranger.line, 'UNKNOWN_CUSTOMER');
  await item(stranger.id, {});

  const host = await order('delivered', sound);
  const host2 = await order('delivered', sound);
  const host3 = await order('delivered', sound);
  const host4 = await order('delivered', sound);
  note('olist_order_items_dataset', await item(host.id, { seller: hexId(rng) }), 'UNKNOWN_SELLER');
  note('olist_order_items_dataset', await item(host2.id, { product: hexId(rng) }), 'UNKNOWN_PRODUCT');
  note('olist_order_items_dataset', await item(host3.id, { price: '12,50' }), 'BAD_NUMBER');
  note('olist_order_items_dataset', await item(host4.id, { limit: 'soon' }), 'BAD_TIME');
  note('olist_order_items_dataset', await item(hexId(rng), {}), 'UNKNOWN_ORDER');
  const copy = [host.id, host.customer, 'delivered', at(0), at(1), at(3), at(8), at(20)];
  note('olist_orders_dataset', await files.olist_orders_dataset.row(copy), 'DUPLICATE_ID');

  const early = [hexId(rng), host.id, 5, null, 'antes, da\r\ncompra', at(-3), at(-2)];
  note(
    'olist_order_reviews_dataset',
    await files.olist_order_reviews_dataset.row(early),
    'REVIEWED_BEFORE_PURCHASE',
  );
  const eleven = [hexId(rng), host2.id, 11, null, null, at(9), at(10)];
  note('olist_order_reviews_dataset', await files.olist_order_reviews_dataset.row(eleven), 'BAD_NUMBER');
  // Nothing closes this quote, and yet the row after it is sound.
  const open = `${hexId(rng)},${host3.id},4,,"aberto, sem fim,${at(9)},${at(10)}\n`;
  note('olist_order_reviews_dataset', await files.olist_order_reviews_dataset.raw(open), 'BROKEN_QUOTING');
  const after = [hexId(rng), host4.id, 4, null, 'depois', at(9), at(10)];
  await files.olist_order_reviews_dataset.row(after);

  const stray = `${host.id},1,credit"card,1,10.00\n`;
  note('olist_order_payments_dataset', await files.olist_order_payments_dataset.raw(stray), 'BROKEN_QUOTING');
  const short = `${host.id},1,credit_card\n`;
  note(
    'olist_order_payments_dataset',
    await files.olist_order_payments_dataset.raw(short),
    'WRONG_COLUMN_COUNT',
  );
  const long = `${host.id},2,credit_card,1,10.00,surplus\n`;
  note(
    'olist_order_payments_dataset',
    await files.olist_order_payments_dataset.raw(long),
    'WRONG_COLUMN_COUNT',
  );
  const nobody = `${hexId(rng)},1,boleto,1,10.00\n`;
  note('olist_order_payments_dataset', await files.olist_order_payments_dataset.raw(nobody), 'UNKNOWN_ORDER');
  return broken;
}
