import type { Micros } from '../../../domain/time/micros.ts';

/** Where a row came from, to be named when it turns out to be impossible. */
export interface Origin {
  line: number;
  raw: string;
}

export interface OrderRow extends Origin {
  orderId: string;
  status: string;
  purchasedAt: Micros;
  approvedAt: Micros | null;
  handedOverAt: Micros | null;
  deliveredAt: Micros | null;
  promisedAt: Micros | null;
  customerId: string | null;
  customer: CustomerOfOrder | null;
}

export interface CustomerOfOrder {
  userId: string | null;
  zip: string | null;
  city: string | null;
  state: string | null;
}

export interface ItemRow extends Origin {
  number: number;
  productId: string;
  sellerId: string | null;
  handOverBy: Micros | null;
  price: number | null;
  freight: number | null;
}

export interface PaymentRow extends Origin {
  number: number;
  method: string | null;
  installments: number | null;
  value: number | null;
}

export interface ReviewRow extends Origin {
  reviewId: string;
  score: number;
  title: string | null;
  comment: string | null;
  answeredAt: Micros;
}

/** An order with all that belongs to it, without doubles. */
export interface JoinedOrder {
  order: OrderRow;
  items: ItemRow[];
  payments: PaymentRow[];
  reviews: ReviewRow[];
}

/** What orders are compared with; small, and held in memory. */
export interface Catalogue {
  /** Zip of each seller. */
  sellers: ReadonlyMap<string, string | null>;
  products: ReadonlySet<string>;
}
