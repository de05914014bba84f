import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Issue, IssueKind } from '../../report/issue.ts';
import type { Catalogue, JoinedOrder, OrderRow } from './rows.ts';
import { FILES } from './tables.ts';

const STATUSES: ReadonlySet<string> = new Set([
  'created',
  'approved',
  'invoiced',
  'processing',
  'shipped',
  'delivered',
  'canceled',
  'unavailable',
]);

/** What cannot be true of an order, though all of it can be read. It is published as it is. */
export function findImpossible(joined: JoinedOrder, catalogue: Catalogue): Issue[] {
  const issues: Issue[] = [];
  const add = (file: string, line: number) => (kind: IssueKind, detail: string) =>
    void issues.push({ kind, file, line, detail, row: 'published as it is', raw: null });
  const { order, items, reviews } = joined;
  inOrder(order, add(FILES.orders, order.line));
  for (const item of items) {
    const say = add(FILES.items, item.line);
    if (item.sellerId === null || !catalogue.sellers.has(item.sellerId)) {
      say('UNKNOWN_SELLER', `there is no seller ${item.sellerId ?? 'without an id'}`);
    }
    if (!catalogue.products.has(item.productId))
      say('UNKNOWN_PRODUCT', `there is no product ${item.productId}`);
  }
  for (const review of reviews) {
    if (review.answeredAt >= order.purchasedAt) continue;
    const times = `${formatIso8601(review.answeredAt)}, bought ${formatIso8601(order.purchasedAt)}`;
    add(FILES.reviews, review.line)('REVIEWED_BEFORE_PURCHASE', `answered ${times}`);
  }
  return issues;
}

function inOrder(order: OrderRow, say: (kind: IssueKind, detail: string) => void): void {
  const { purchasedAt, approvedAt, handedOverAt, deliveredAt, status } = order;
  const canceled = status === 'canceled' || status === 'unavailable';
  const before = (kind: IssueKind, first: number | null, second: number | null) => {
    if (first === null || second === null || first >= second) return;
    say(kind, `${formatIso8601(first)} is before ${formatIso8601(second)}`);
  };
  if (!STATUSES.has(status)) say('UNKNOWN_STATUS', `order_status is ${JSON.stringify(status)}`);
  if (order.customer === null) say('UNKNOWN_CUSTOMER', `there is no customer ${order.customerId ?? ''}`);
  before('APPROVED_BEFORE_PURCHASE', approvedAt, purchasedAt);
  before('SHIPPED_BEFORE_APPROVED', handedOverAt, approvedAt);
  before('DELIVERED_BEFORE_SHIPPED', deliveredAt, handedOverAt);
  if (approvedAt === null && (handedOverAt !== null || deliveredAt !== null)) {
    say('SHIPPED_WITHOUT_APPROVAL', 'it was shipped or delivered, and order_approved_at is empty');
  }
  if (handedOverAt === null && deliveredAt !== null) {
    say('DELIVERED_WITHOUT_SHIPPING', 'it was delivered, and order_delivered_carrier_date is empty');
  }
  if (status === 'delivered' && deliveredAt === null) {
    say('DELIVERED_WITHOUT_TIME', 'the status says delivered, and order_delivered_customer_date is empty');
  }
  if (canceled && deliveredAt !== null) {
    say('CANCELED_AFTER_DELIVERY', `the status says ${status}, and it was delivered`);
  }
}
