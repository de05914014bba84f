import type { DeskSettings } from '../../../domain/delivery/desk/settings.ts';
import { gradeProducts, type ProductSales } from '../../../domain/delivery/grades/abc.ts';
import type { FollowedOrder, Milestone } from '../../../domain/delivery/milestone.ts';
import { delayBin, delayOfBin } from '../../../domain/rollup/delay-bins.ts';
import { DAY, type Micros, SECOND } from '../../../domain/time/micros.ts';
import { PlainLateness, PlainRoutes } from '../delivery-desk.ts';

export interface ExpectedAlert {
  dedupKey: string;
  openedAt: Micros;
  severity: string;
  /** When it was resolved; null: it is open. */
  resolvedAt: Micros | null;
}

type Known = readonly Milestone[];

const NEVER = Number.POSITIVE_INFINITY;

const ENDINGS = ['DELIVERED', 'CANCELED'];

/**
 * The alerts of orders on their way, one order after the other, each from the list of all milestones before the moment in
 * question.
 */
export function expectedDeliveryAlerts(
  milestones: readonly Milestone[],
  until: Micros,
  settings: DeskSettings,
): ExpectedAlert[] {
  const orderIds = new Set(milestones.map(({ order }) => order.orderId));
  return [...orderIds].flatMap((orderId) => alertsOfOrder(orderId, milestones, until, settings));
}

function alertsOfOrder(
  orderId: string,
  milestones: readonly Milestone[],
  until: Micros,
  settings: DeskSettings,
): ExpectedAlert[] {
  const own = milestones.filter(({ order }) => order.orderId === orderId);
  const first = (...kinds: string[]) => own.find(({ kind }) => kinds.includes(kind)) ?? null;
  const before = (milestone: Milestone) => milestones.slice(0, milestones.indexOf(milestone));
  const alerts: ExpectedAlert[] = [];
  const raise = (concern: string, order: FollowedOrder, at: Micros, over: Micros) =>
    alerts.push({
      dedupKey: `delivery/${concern}/${orderId}`,
      openedAt: at,
      severity: severityAt(order, at, milestones),
      resolvedAt: over <= until ? over : null,
    });

  const approval = first('APPROVED');
  const handOver = first('HANDED_OVER');
  const ending = first(...ENDINGS);
  const prepares =
    approval !== null && approval.order.handedOverAt === null && approval.order.canceledAt === null;
  const travels =
    handOver !== null && handOver.order.deliveredAt === null && handOver.order.canceledAt === null;
  const prepared = Math.min(
    first('HANDED_OVER', ...ENDINGS)?.at ?? NEVER,
    approval === null ? NEVER : approval.at + settings.forgetAfter,
  );
  const arrived = Math.min(
    ending?.at ?? NEVER,
    handOver === null ? NEVER : handOver.at + settings.forgetAfter,
  );
  const isForgotten = prepares && (handOver?.at ?? NEVER) >= approval.at + settings.forgetAfter;

  if (prepares) {
    const due = approval.at + Math.round(preparationLimit(approval, before(approval), settings) * SECOND);
    if (due <= until && isInTime(due, approval.at, prepared))
      raise('PREPARATION', approval.order, due, prepared);
  }
  if (travels) {
    const limit = transitLimit(before(handOver), settings);
    const due = limit === null ? NEVER : handOver.at + Math.round(limit * SECOND);
    if (due <= until && isInTime(due, handOver.at, arrived)) raise('TRANSIT', handOver.order, due, arrived);
  }
  const atApproval = prepares && isRisky(approval, 'APPROVAL', before(approval), settings);
  const atHandOver = travels && isRisky(handOver, 'HAND_OVER', before(handOver), settings);
  const isKnownAtHandOver = travels && before(handOver).some(({ kind }) => kind === 'DELIVERED');
  if (atApproval) {
    const isHeardOf = !isForgotten && travels;
    const over = isHeardOf && isKnownAtHandOver && !atHandOver ? handOver.at : arrived;
    raise('RISK', approval.order, approval.at, isHeardOf ? over : prepared);
  } else if (atHandOver && !isForgotten) raise('RISK', handOver.order, handOver.at, arrived);
  return alerts;

  /** A limit comes before the milestone of its moment, but not before the order is given up. */
  function isInTime(due: Micros, since: Micros, over: Micros): boolean {
    return due <= over && due < since + settings.forgetAfter;
  }
}

function preparationLimit({ order }: Milestone, known: Known, { limits }: DeskSettings): number {
  // Once for each seller of an order.
  const seconds = known
    .filter(isPreparation)
    .flatMap(({ order: other }) =>
      sellersOf(other).map((sellerId) => ({ sellerId, seconds: roughly(secondsBetween(other)) })),
    );
  const all = seconds.map((one) => one.seconds);
  if (all.length < limits.minimumPreparations) {
    const promises = order.lines.flatMap(({ handOverBy }) => handOverBy ?? []);
    if (promises.length === 0)
      return Math.max(limits.preparationDefaultSeconds, limits.preparationFloorSeconds);
    return Math.max((Math.min(...promises) - order.approvedAt!) / SECOND, limits.preparationFloorSeconds);
  }
  const ofSeller = seconds.filter(({ sellerId }) => sellerId === order.sellerId).map((one) => one.seconds);
  const ofAll = quantile(all, limits.preparationQuantile);
  const k = limits.preparationPseudoCount;
  const shrunk =
    ofSeller.length === 0
      ? ofAll
      : (ofSeller.length * quantile(ofSeller, limits.preparationQuantile) + k * ofAll) /
        (ofSeller.length + k);
  return Math.max(shrunk, limits.preparationFloorSeconds);
}

function isPreparation({ kind, order }: Milestone): boolean {
  return kind === 'HANDED_OVER' && order.approvedAt !== null;
}

function transitLimit(known: Known, { limits }: DeskSettings): number | null {
  const routes = new PlainRoutes();
  const delivered = known.filter(({ kind }) => kind === 'DELIVERED');
  for (const { order } of delivered) routes.observe(order);
  if (delivered.length < Math.max(1, limits.minimumTrips)) return null;
  const estimate = routes.estimate();
  if (estimate === null) return null;
  return Math.max(estimate.quantileSeconds(limits.transitQuantile), limits.transitFloorSeconds);
}

function isRisky(
  { order }: Milestone,
  moment: 'APPROVAL' | 'HAND_OVER',
  known: Known,
  settings: DeskSettings,
): boolean {
  const lateness = new PlainLateness();
  for (const milestone of known) if (milestone.kind === 'DELIVERED') lateness.learn(milestone.order);
  const probability = lateness.assess(order, moment)?.probability ?? 0;
  return order.promisedAt !== null && probability >= settings.riskAlertProbability;
}

/** By the grades of the last Monday, midnight UTC, and what was sold before it. */
function severityAt(order: FollowedOrder, at: Micros, milestones: Known): string {
  const monday = Math.floor((at - 4 * DAY) / (7 * DAY)) * 7 * DAY + 4 * DAY;
  const sales = new Map<string, ProductSales>();
  for (const milestone of milestones) {
    if (milestone.kind !== 'APPROVED' || milestone.at >= monday) continue;
    for (const productId of new Set(milestone.order.lines.map((line) => line.productId))) {
      const product = sales.get(productId) ?? { revenue: 0, orders: 0 };
      for (const line of milestone.order.lines) {
        if (line.productId === productId) product.revenue += line.quantity * (line.price ?? 0);
      }
      sales.set(productId, { ...product, orders: product.orders + 1 });
    }
  }
  const grades = gradeProducts(sales);
  const best = order.lines.map(({ productId }) => grades.get(productId)?.grade ?? 'C').toSorted()[0];
  return best === 'A' ? 'critical' : best === 'B' ? 'warning' : 'info';
}

export function sellersOf(order: FollowedOrder): string[] {
  const ids = order.lines.map(({ sellerId }) => sellerId).filter((id) => id !== null);
  if (ids.length > 0) return [...new Set(ids)];
  return order.sellerId === null ? [] : [order.sellerId];
}

function secondsBetween({ approvedAt, handedOverAt }: FollowedOrder): number {
  return (handedOverAt! - approvedAt!) / SECOND;
}

function roughly(seconds: number): number {
  return delayOfBin(delayBin(seconds));
}

function quantile(values: readonly number[], p: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(p * values.length)) - 1]!;
}
