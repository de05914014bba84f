import { DAY, type Micros, SECOND } from '../../../domain/time/micros.ts';
import type { RowReader } from '../row-reader.ts';
import type { CustomerOfOrder, ItemRow, OrderRow, PaymentRow, ReviewRow } from './rows.ts';

const MOST_PIECES = 100_000;
const MOST_MONEY = 1e12;

/** Each gives null for a row that is worth nothing without what it lacks, which has then been reported. */

export function readCustomer(reader: RowReader): CustomerOfOrder {
  return {
    userId: reader.text('customer_unique_id'),
    zip: zipOf(reader.text('customer_zip_code_prefix')),
    city: reader.text('customer_city'),
    state: reader.text('customer_state'),
  };
}

export function readOrder(reader: RowReader): OrderRow | null {
  const orderId = reader.key('order_id');
  if (orderId === null) return null;
  const column = 'order_purchase_timestamp';
  if (reader.key(column) === null) return null;
  const purchasedAt = reader.time(column, 'left out');
  if (purchasedAt === null) return null;
  return {
    ...originOf(reader),
    orderId,
    status: reader.text('order_status') ?? '',
    purchasedAt,
    approvedAt: reader.time('order_approved_at'),
    handedOverAt: reader.time('order_delivered_carrier_date'),
    deliveredAt: reader.time('order_delivered_customer_date'),
    promisedAt: readPromise(reader),
    customerId: reader.text('customer_id'),
    customer: null,
  };
}

/** The files promise a day, written as its midnight: what arrives on that day is in time. */
function readPromise(reader: RowReader): Micros | null {
  const column = 'order_estimated_delivery_date';
  const promised = reader.time(column);
  const isDay = reader.text(column)?.endsWith(' 00:00:00') ?? false;
  return promised !== null && isDay ? promised + DAY - SECOND : promised;
}

export function readItem(reader: RowReader): ItemRow | null {
  const productId = reader.key('product_id');
  if (productId === null) return null;
  return {
    ...originOf(reader),
    number: reader.number('order_item_id', 0, MOST_PIECES) ?? 0,
    productId,
    sellerId: reader.text('seller_id'),
    handOverBy: reader.time('shipping_limit_date'),
    price: reader.number('price', 0, MOST_MONEY),
    freight: reader.number('freight_value', 0, MOST_MONEY),
  };
}

export function readPayment(reader: RowReader): PaymentRow {
  return {
    ...originOf(reader),
    number: reader.number('payment_sequential', 0, MOST_PIECES) ?? 0,
    method: reader.text('payment_type'),
    installments: reader.number('payment_installments', 0, 1_000),
    value: reader.number('payment_value', 0, MOST_MONEY),
  };
}

export function readReview(reader: RowReader): ReviewRow | null {
  const reviewId = reader.key('review_id');
  if (reviewId === null || reader.key('review_score') === null) return null;
  if (reader.key('review_answer_timestamp') === null) return null;
  const score = reader.number('review_score', 1, 5, 'left out');
  const answeredAt = reader.time('review_answer_timestamp', 'left out');
  if (score === null || answeredAt === null) return null;
  if (!Number.isInteger(score)) {
    reader.report('BAD_NUMBER', `review_score is no whole number: ${score}`, 'left out');
    return null;
  }
  return {
    ...originOf(reader),
    reviewId,
    score,
    title: reader.prose('review_comment_title'),
    comment: reader.prose('review_comment_message'),
    answeredAt,
  };
}

/** Five digits: programs that take zips for numbers lose the zeros they begin with. */
export function zipOf(text: string | null): string | null {
  return text !== null && /^\d{1,5}$/.test(text) ? text.padStart(5, '0') : text;
}

function originOf({ row }: RowReader) {
  return { line: row.line, raw: row.raw() };
}
