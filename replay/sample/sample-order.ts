import { DAY, MINUTE, type Micros, SECOND } from '../../domain/time/micros.ts';
import type { Prng } from '../../simulator/timing/prng.ts';
import type { ZipPlace } from './places.ts';
import { roughKm } from './places.ts';
import { hexId, type SampleProduct, type SampleSeller, type Shop } from './shop.ts';
import { type ReviewText, reviewText } from './texts.ts';

export interface SampleItem {
  product: SampleProduct;
  seller: SampleSeller;
  freight: number;
  handOverBy: Micros;
}

export interface SamplePayment {
  method: 'credit_card' | 'boleto' | 'voucher' | 'debit_card';
  installments: number;
  value: number;
}

export interface SampleReview extends ReviewText {
  id: string;
  score: number;
  createdAt: Micros;
  answeredAt: Micros;
}

/** An order as the files will tell it. Times are of the wall clock there, as if it were UTC. */
export interface SampleOrder {
  id: string;
  customerId: string;
  userId: string;
  to: ZipPlace;
  status: string;
  purchasedAt: Micros;
  approvedAt: Micros | null;
  handedOverAt: Micros | null;
  deliveredAt: Micros | null;
  /** Midnight of the day until whose end it was promised. */
  promisedDay: Micros;
  items: SampleItem[];
  payments: SamplePayment[];
  review: SampleReview | null;
}

/** Orders that stop on their way, out of 1,000. */
const STOPS = [
  { status: 'canceled', upTo: 25 },
  { status: 'unavailable', upTo: 35 },
  { status: 'shipped', upTo: 45 },
  { status: 'invoiced', upTo: 50 },
  { status: 'processing', upTo: 55 },
  { status: 'approved', upTo: 57 },
  { status: 'created', upTo: 60 },
] as const;

const SHARE_WITHOUT_APPROVAL = 0.01;
const SHARE_OF_SEVERAL_SELLERS = 0.04;
const SHARE_OF_SEVERAL_PIECES = 0.08;

/** @param from first moment at which it may be bought; `days` later is the last */
export function sampleOrder(rng: Prng, shop: Shop, userId: string, from: Micros, days: number): SampleOrder {
  const purchasedAt = wholeSecond(from + rng.next() * days * DAY);
  const to = rng.pick(shop.places);
  const draw = rng.int(0, 999);
  const status = STOPS.find(({ upTo }) => draw < upTo)?.status ?? 'delivered';
  const sold = cart(rng, shop);
  const payments = pay(rng, sold.length);
  const approval = wholeSecond(purchasedAt + approvalTime(rng, payments[0]?.method === 'boleto'));
  const { seller } = sold[0] as Sold;
  const handOver = wholeSecond(approval + rng.lognormal(seller.preparationDays, 0.45) * DAY);
  const transit = rng.lognormal(shop.transitDays(seller.place, to), 0.25) * DAY;
  const delivery = wholeSecond(handOver + transit);
  const promisedDay = midnight(purchasedAt + promisedDays(rng, roughKm(seller.place, to)) * DAY);
  const reached = (stages: readonly string[], at: Micros) => (stages.includes(status) ? at : null);
  const items = sold.map(({ product, seller: by }) => ({
    product,
    seller: by,
    freight: cents(8 + roughKm(by.place, to) / 100 + product.weightG / 500),
    handOverBy: wholeSecond(approval + rng.between(2, 6) * DAY),
  }));
  const total = items.reduce((sum, { product, freight }) => sum + product.price + freight, 0);
  const order: SampleOrder = {
    id: hexId(rng),
    customerId: hexId(rng),
    userId,
    to,
    status,
    purchasedAt,
    approvedAt:
      status === 'created' || (status === 'canceled' && rng.chance(0.3)) || rng.chance(SHARE_WITHOUT_APPROVAL)
        ? null
        : approval,
    handedOverAt: reached(['delivered', 'shipped'], handOver),
    deliveredAt: reached(['delivered'], delivery),
    promisedDay,
    items: status === 'unavailable' ? [] : items,
    payments: share(payments, total),
    review: null,
  };
  order.review = review(rng, order);
  return order;
}

type Sold = Pick<SampleItem, 'product' | 'seller'>;

function cart(rng: Prng, shop: Shop): Sold[] {
  const any = (): Sold => {
    // The square of a uniform number: few products are bought often.
    const product = shop.products[Math.floor(rng.next() ** 2 * shop.products.length)] as SampleProduct;
    return { product, seller: rng.pick(product.sellers) };
  };
  const first = any();
  if (rng.chance(SHARE_OF_SEVERAL_SELLERS)) return [first, any(), ...(rng.chance(0.2) ? [any()] : [])];
  const pieces = rng.chance(SHARE_OF_SEVERAL_PIECES) ? rng.int(2, 4) : 1;
  return Array.from({ length: pieces }, () => first);
}

function pay(rng: Prng, pieces: number): Omit<SamplePayment, 'value'>[] {
  const draw = rng.next();
  if (draw < 0.75) return [{ method: 'credit_card', installments: rng.int(1, 10) }];
  if (draw < 0.93) return [{ method: 'boleto', installments: 1 }];
  if (draw < 0.95) return [{ method: 'debit_card', installments: 1 }];
  return Array.from({ length: Math.max(pieces, 2) }, () => ({ method: 'voucher' as const, installments: 1 }));
}

function share(payments: readonly Omit<SamplePayment, 'value'>[], total: number): SamplePayment[] {
  const each = cents(total / payments.length);
  const rest = cents(total - each * (payments.length - 1));
  return payments.map((payment, index) => ({ ...payment, value: index === 0 ? rest : each }));
}

function approvalTime(rng: Prng, boleto: boolean): Micros {
  return boleto ? rng.between(0.5, 3) * DAY : rng.lognormal(20, 0.8) * MINUTE;
}

/** Depends on the distance only: that a seller or a carrier is slow is not in the promise. */
function promisedDays(rng: Prng, km: number): number {
  return 7 + km / 220 + rng.int(0, 6);
}

function review(rng: Prng, order: SampleOrder): SampleReview | null {
  if (!rng.chance(0.85)) return null;
  const late = order.deliveredAt === null || isLate(order);
  const score = late ? rng.pick([1, 1, 1, 2, 3, 4]) : rng.pick([5, 5, 5, 5, 5, 5, 4, 4, 3, 1]);
  const createdAt = midnight((order.deliveredAt ?? order.promisedDay) + DAY);
  return {
    id: hexId(rng),
    score,
    ...reviewText(rng, score, late),
    createdAt,
    answeredAt: wholeSecond(createdAt + rng.lognormal(1.2, 0.7) * DAY),
  };
}

/** Whether it was delivered, and after the day it was promised for. */
export function isLate({ deliveredAt, promisedDay }: SampleOrder): boolean {
  return deliveredAt !== null && deliveredAt >= promisedDay + DAY;
}

function wholeSecond(at: Micros): Micros {
  return Math.floor(at / SECOND) * SECOND;
}

function midnight(at: Micros): Micros {
  return Math.floor(at / DAY) * DAY;
}

function cents(value: number): number {
  return Math.round(value * 100) / 100;
}
