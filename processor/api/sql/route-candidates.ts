import type { Candidate } from '../../../domain/delivery/routes/recommend.ts';
import type { Queryable } from '../../../platform/database/database.ts';

interface Row {
  seller_id: string;
  zip: string | null;
  city: string | null;
  state: string | null;
  latitude: number | null;
  longitude: number | null;
  preparations: number;
  preparation_mean: number;
  preparation_sd: number;
}

/** Sellers that have sold a product, or whose it is in the catalogue; at most so many, those with most orders. */
export async function routeCandidates(db: Queryable, productId: string, most: number): Promise<Candidate[]> {
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'api_route_candidates',
    text: `WITH offering AS (
             SELECT seller_id FROM order_items WHERE product_id = $1 AND seller_id IS NOT NULL
             UNION
             SELECT seller_id FROM products WHERE product_id = $1 AND seller_id IS NOT NULL
           )
           SELECT seller_id, s.zip, coalesce(s.city, z.city) AS city, coalesce(s.state, z.state) AS state, z.latitude, z.longitude,
                  coalesce(t.preparations, 0) AS preparations, coalesce(t.preparation_mean, 0)::float8 AS preparation_mean,
                  CASE WHEN t.preparations > 1 THEN sqrt(t.preparation_m2 / (t.preparations - 1)) ELSE 0 END AS preparation_sd
           FROM offering
           LEFT JOIN sellers s USING (seller_id)
           LEFT JOIN zip_coordinates z ON z.zip = s.zip
           LEFT JOIN seller_stats t USING (seller_id)
           ORDER BY t.orders DESC NULLS LAST, seller_id LIMIT $2`,
    values: [productId, most],
  });
  return rows.map((row) => ({
    sellerId: row.seller_id,
    place: {
      zip: row.zip,
      city: row.city,
      state: row.state,
      latitude: row.latitude,
      longitude: row.longitude,
    },
    preparation:
      row.preparations === 0
        ? null
        : { orders: row.preparations, meanSeconds: row.preparation_mean, sdSeconds: row.preparation_sd },
  }));
}
