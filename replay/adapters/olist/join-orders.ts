import type { Issue } from '../../report/issue.ts';
import type { AdapterContext, Sorter } from '../adapter.ts';
import { RowReader } from '../row-reader.ts';
import { readCustomer, readItem, readOrder, readPayment, readReview } from './read-rows.ts';
import type { CustomerOfOrder, ItemRow, JoinedOrder, OrderRow, PaymentRow, ReviewRow } from './rows.ts';
import { FILES } from './tables.ts';

/** Kinds of rows in the order in which they stand in a sorted group. */
const HEAD = '0';
const ITEM = '1';
const PAYMENT = '2';
const REVIEW = '3';
const LINE_DIGITS = 12;

/**
 * Puts orders, customers, items, payments and reviews together, in the order of order_id; two sorts do it, so that no
 * table has to be held in memory. Doubles and rows of unknown orders are reported, the former by their first row.
 */
export async function* joinOrders(context: AdapterContext): AsyncGenerator<JoinedOrder> {
  const byOrder = context.sorter();
  for await (const order of ordersWithCustomers(context)) {
    await byOrder.add(keyOf(order.orderId, HEAD, order.line), JSON.stringify(order));
  }
  await addRows(context, byOrder, FILES.items, ITEM, readItem);
  await addRows(context, byOrder, FILES.payments, PAYMENT, readPayment);
  await addRows(context, byOrder, FILES.reviews, REVIEW, readReview);

  let joined: JoinedOrder | undefined;
  for await (const { key, text } of byOrder.sorted()) {
    const [orderId, kind] = parts(key);
    const row = JSON.parse(text);
    if (kind === HEAD && joined?.order.orderId !== orderId) {
      if (joined !== undefined) yield joined;
      joined = { order: row, items: [], payments: [], reviews: [] };
    } else if (joined?.order.orderId !== orderId) {
      context.report(leftOut('UNKNOWN_ORDER', fileOf(kind), row, `there is no order ${orderId}`));
    } else {
      addTo(joined, kind, row, context);
    }
  }
  if (joined !== undefined) yield joined;
}

async function* ordersWithCustomers(context: AdapterContext): AsyncGenerator<OrderRow> {
  const byCustomer = context.sorter();
  // The rows have been read for the references already, and reported.
  for await (const reader of readersOf(context, FILES.customers, () => undefined)) {
    const id = reader.text('customer_id');
    const customer = { ...readCustomer(reader), line: reader.row.line, raw: reader.row.raw() };
    if (id !== null) await byCustomer.add(keyOf(id, HEAD, reader.row.line), JSON.stringify(customer));
  }
  for await (const reader of readersOf(context, FILES.orders, context.report)) {
    const order = readOrder(reader);
    if (order === null) continue;
    await byCustomer.add(keyOf(order.customerId ?? '', ITEM, order.line), JSON.stringify(order));
  }
  let known: { id: string; customer: CustomerOfOrder } | undefined;
  for await (const { key, text } of byCustomer.sorted()) {
    const [id, kind] = parts(key);
    const row = JSON.parse(text);
    if (kind === ITEM) {
      yield { ...row, customer: known?.id === id ? known.customer : null };
    } else if (known?.id === id) {
      context.report(leftOut('DUPLICATE_ID', FILES.customers, row, `customer_id ${id} was there before`));
    } else {
      known = { id, customer: row };
    }
  }
}

async function* readersOf(
  context: AdapterContext,
  file: string,
  report: (issue: Issue) => void,
): AsyncGenerator<RowReader> {
  for await (const rows of context.rows(file)) {
    for (const row of rows) yield new RowReader(row, context.utcOffset, report);
  }
}

async function addRows(
  context: AdapterContext,
  byOrder: Sorter,
  file: string,
  kind: string,
  read: (reader: RowReader) => { line: number } | null,
): Promise<void> {
  for await (const reader of readersOf(context, file, context.report)) {
    const orderId = reader.key('order_id');
    const row = orderId === null ? null : read(reader);
    if (orderId !== null && row !== null) {
      await byOrder.add(keyOf(orderId, kind, row.line), JSON.stringify(row));
    }
  }
}

function addTo(joined: JoinedOrder, kind: string, row: unknown, context: AdapterContext): void {
  const { orderId } = joined.order;
  const double = (line: OrderRow | ItemRow | PaymentRow | ReviewRow, what: string) =>
    context.report(
      leftOut('DUPLICATE_ID', fileOf(kind), line, `${what} was there before: the first row counts`),
    );
  if (kind === HEAD) {
    double(row as OrderRow, `order_id ${orderId}`);
  } else if (kind === ITEM) {
    const item = row as ItemRow;
    if (!joined.items.some(({ number }) => number === item.number)) joined.items.push(item);
    else double(item, `item ${item.number} of order ${orderId}`);
  } else if (kind === PAYMENT) {
    const payment = row as PaymentRow;
    if (!joined.payments.some(({ number }) => number === payment.number)) joined.payments.push(payment);
    else double(payment, `payment ${payment.number} of order ${orderId}`);
  } else {
    const review = row as ReviewRow;
    if (!joined.reviews.some(({ reviewId }) => reviewId === review.reviewId)) joined.reviews.push(review);
    else double(review, `review ${review.reviewId} of order ${orderId}`);
  }
}

function keyOf(id: string, kind: string, line: number): string {
  return `${id}\0${kind}${String(line).padStart(LINE_DIGITS, '0')}`;
}

function parts(key: string): [id: string, kind: string] {
  const end = key.length - LINE_DIGITS - 1;
  return [key.slice(0, end - 1), key.slice(end, end + 1)];
}

function fileOf(kind: string): string {
  if (kind === HEAD) return FILES.orders;
  if (kind === ITEM) return FILES.items;
  return kind === PAYMENT ? FILES.payments : FILES.reviews;
}

function leftOut(
  kind: Issue['kind'],
  file: string,
  { line, raw }: { line: number; raw: string },
  detail: string,
): Issue {
  return { kind, file, line, detail, row: 'left out', raw };
}
