import { join } from 'node:path';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Prng } from '../../simulator/timing/prng.ts';
import { CsvFile } from './csv-file.ts';
import type { SampleOrder } from './sample-order.ts';
import { CATEGORIES, type Shop } from './shop.ts';

const COLUMNS = {
  olist_customers_dataset:
    'customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state',
  olist_geolocation_dataset:
    'geolocation_zip_code_prefix,geolocation_lat,geolocation_lng,geolocation_city,geolocation_state',
  olist_order_items_dataset:
    'order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value',
  olist_order_payments_dataset: 'order_id,payment_sequential,payment_type,payment_installments,payment_value',
  olist_order_reviews_dataset:
    'review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date,review_answer_timestamp',
  olist_orders_dataset:
    'order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date',
  olist_products_dataset:
    'product_id,product_category_name,product_name_lenght,product_description_lenght,product_photos_qty,product_weight_g,product_length_cm,product_height_cm,product_width_cm',
  olist_sellers_dataset: 'seller_id,seller_zip_code_prefix,seller_city,seller_state',
  product_category_name_translation: 'product_category_name,product_category_name_english',
} as const;

export type SampleFiles = Record<keyof typeof COLUMNS, CsvFile>;

export async function createSampleFiles(dir: string): Promise<SampleFiles> {
  const files = {} as SampleFiles;
  for (const [name, columns] of Object.entries(COLUMNS)) {
    const file = `${name}.csv`;
    files[name as keyof SampleFiles] = await CsvFile.create(join(dir, file), file, columns.split(','));
  }
  return files;
}

/** Sellers, products, translations, and three measured points of each zip. */
export async function writeShop(files: SampleFiles, shop: Shop, rng: Prng): Promise<void> {
  for (const { id, place } of shop.sellers) {
    await files.olist_sellers_dataset.row([id, place.zip, place.city, place.state]);
  }
  for (const { id, category, weightG, size } of shop.products) {
    await files.olist_products_dataset.row([id, category, 40, 500, 2, weightG, ...size]);
  }
  for (const [name, english] of CATEGORIES) {
    if (english !== null) await files.product_category_name_translation.row([name, english]);
  }
  for (const { zip, latitude, longitude, city, state } of shop.places) {
    for (let point = 0; point < 3; point++) {
      await files.olist_geolocation_dataset.row([
        zip,
        latitude + rng.between(-0.01, 0.01),
        longitude + rng.between(-0.01, 0.01),
        city,
        state,
      ]);
    }
  }
}

export async function writeOrder(files: SampleFiles, order: SampleOrder): Promise<void> {
  const { id, customerId, userId, to } = order;
  await files.olist_customers_dataset.row([customerId, userId, to.zip, to.city, to.state]);
  await files.olist_orders_dataset.row([
    id,
    customerId,
    order.status,
    naive(order.purchasedAt),
    naive(order.approvedAt),
    naive(order.handedOverAt),
    naive(order.deliveredAt),
    naive(order.promisedDay),
  ]);
  for (const [index, { product, seller, freight, handOverBy }] of order.items.entries()) {
    const limit = naive(handOverBy);
    const cells = [id, index + 1, product.id, seller.id, limit, product.price, freight];
    await files.olist_order_items_dataset.row(cells);
  }
  for (const [index, { method, installments, value }] of order.payments.entries()) {
    await files.olist_order_payments_dataset.row([id, index + 1, method, installments, value]);
  }
  if (order.review !== null) {
    const { id: reviewId, score, title, comment, createdAt, answeredAt } = order.review;
    const cells = [reviewId, id, score, title, comment, naive(createdAt), naive(answeredAt)];
    await files.olist_order_reviews_dataset.row(cells);
  }
}

/** `2017-01-31 09:30:00`, as the original writes times: of the wall clock, without an offset. */
export function naive(at: Micros): string;
export function naive(at: Micros | null): string | null;
export function naive(at: Micros | null): string | null {
  return at === null ? null : formatIso8601(at).slice(0, 19).replace('T', ' ');
}
