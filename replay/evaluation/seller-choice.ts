import type { FollowedOrder, Milestone, Place } from '../../domain/delivery/milestone.ts';
import { type Preparation, recommendSellers, wantedRoutes } from '../../domain/delivery/routes/recommend.ts';
import type { RouteBook } from '../../domain/delivery/routes/route-book.ts';
import { type Micros, SECOND } from '../../domain/time/micros.ts';

/** An order that another seller could have served. Times are from the approval to the delivery. */
export interface Choice {
  orderId: string;
  createdAt: Micros | null;
  approvedAt: Micros;
  sellers: number;
  /** Whether the seller it went to was the recommended one. */
  followed: boolean;
  expectedSeconds: number;
  expectedOfRecommended: number;
  /** Null until it is delivered. */
  seconds: number | null;
}

/**
 * What if each order had gone to the seller that was recommended at its approval? Who sells a product is learnt from the
 * orders that were seen before.
 */
export class SellerChoice {
  readonly choices = new Map<string, Choice>();
  private readonly routes: RouteBook;
  private readonly offers = new Map<string, Map<string, Place>>();
  private readonly preparations = new Map<string, { orders: number; mean: number; m2: number }>();

  /** @param routes taught by somebody else */
  constructor(routes: RouteBook) {
    this.routes = routes;
  }

  observe({ kind, at, order }: Milestone): void {
    if (kind === 'APPROVED' && order.handedOverAt === null) this.choose(order, at);
    if (kind === 'CREATED') this.addOffers(order);
    if (kind === 'HANDED_OVER') this.addPreparation(order, at);
    const choice = this.choices.get(order.orderId);
    if (kind === 'DELIVERED' && choice !== undefined) choice.seconds = (at - choice.approvedAt) / SECOND;
  }

  private choose(order: FollowedOrder, approvedAt: Micros): void {
    const [line] = order.lines;
    if (line === undefined || order.lines.length > 1 || order.sellerId === null) return;
    const offers = [...(this.offers.get(line.productId) ?? [])];
    if (offers.length < 2) return;
    const destination = { to: order.to, category: line.category };
    const candidates = offers.map(([sellerId, place]) => ({
      sellerId,
      place,
      preparation: this.preparation(sellerId),
    }));
    const stats = this.routes.known(wantedRoutes(destination, candidates));
    const ranked = recommendSellers(destination, candidates, stats, this.preparation('*'));
    const own = ranked.find(({ sellerId }) => sellerId === order.sellerId);
    const [best] = ranked;
    if (own === undefined || best === undefined) return;
    this.choices.set(order.orderId, {
      orderId: order.orderId,
      createdAt: order.createdAt,
      approvedAt,
      sellers: offers.length,
      followed: best === own,
      expectedSeconds: own.expectedSeconds,
      expectedOfRecommended: best.expectedSeconds,
      seconds: null,
    });
  }

  private addOffers({ lines, sellerId, from }: FollowedOrder): void {
    for (const line of lines) {
      // Of other sellers than that of the first line an order does not say where they are.
      if (line.sellerId === null || line.sellerId !== sellerId) continue;
      const sellers = this.offers.get(line.productId) ?? new Map<string, Place>();
      this.offers.set(line.productId, sellers.set(line.sellerId, from));
    }
  }

  private addPreparation({ sellerId, approvedAt }: FollowedOrder, handedOverAt: Micros): void {
    if (sellerId === null || approvedAt === null || handedOverAt < approvedAt) return;
    const seconds = (handedOverAt - approvedAt) / SECOND;
    for (const name of [sellerId, '*']) {
      const known = this.preparations.get(name) ?? { orders: 0, mean: 0, m2: 0 };
      const orders = known.orders + 1;
      const mean = known.mean + (seconds - known.mean) / orders;
      const m2 = known.m2 + (seconds - known.mean) * (seconds - mean);
      this.preparations.set(name, { orders, mean, m2 });
    }
  }

  private preparation(sellerId: string): Preparation | null {
    const known = this.preparations.get(sellerId);
    if (known === undefined) return null;
    const { orders, mean, m2 } = known;
    return { orders, meanSeconds: mean, sdSeconds: orders < 2 ? 0 : Math.sqrt(m2 / (orders - 1)) };
  }
}
