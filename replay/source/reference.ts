/** What orders refer to: a row of the table of that name. Absent texts and numbers are null. */
export type Reference =
  | ({ table: 'sellers' } & SellerRow)
  | ({ table: 'customers' } & CustomerRow)
  | ({ table: 'products' } & ProductRow)
  | ({ table: 'zip_coordinates' } & ZipRow);

export interface SellerRow {
  sellerId: string;
  zip: string | null;
  city: string | null;
  state: string | null;
}

export interface CustomerRow {
  customerId: string;
  userId: string | null;
  zip: string | null;
  city: string | null;
  state: string | null;
}

export interface ProductRow {
  productId: string;
  name: string | null;
  category: string | null;
  currency: string | null;
  /** Of one piece. */
  weightG: number | null;
  volumeCm3: number | null;
}

export interface ZipRow {
  zip: string;
  /** Degrees. */
  latitude: number;
  longitude: number;
  city: string | null;
  state: string | null;
}
