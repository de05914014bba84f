import type { Queryable } from '../../../platform/database/database.ts';

export interface ProductRow {
  product_id: string;
  category: string | null;
  weight_g: number | null;
  volume_cm3: number | null;
}

export interface SellerRow {
  seller_id: string;
  zip: string | null;
  city: string | null;
  state: string | null;
}

export interface ZipRow {
  zip: string;
  latitude: number;
  longitude: number;
  city: string | null;
  state: string | null;
}

export async function readProducts(db: Queryable, ids: readonly string[]): Promise<ProductRow[]> {
  const { rows } = await db.query<ProductRow & Record<string, unknown>>({
    name: 'read_followed_products',
    text: 'SELECT product_id, category, weight_g, volume_cm3 FROM products WHERE product_id = ANY($1)',
    values: [ids],
  });
  return rows;
}

export async function readSellers(db: Queryable, ids: readonly string[]): Promise<SellerRow[]> {
  const { rows } = await db.query<SellerRow & Record<string, unknown>>({
    name: 'read_followed_sellers',
    text: 'SELECT seller_id, zip, city, state FROM sellers WHERE seller_id = ANY($1)',
    values: [ids],
  });
  return rows;
}

export async function readZips(db: Queryable, zips: readonly string[]): Promise<ZipRow[]> {
  const { rows } = await db.query<ZipRow & Record<string, unknown>>({
    name: 'read_followed_zips',
    text: 'SELECT zip, latitude, longitude, city, state FROM zip_coordinates WHERE zip = ANY($1)',
    values: [zips],
  });
  return rows;
}
