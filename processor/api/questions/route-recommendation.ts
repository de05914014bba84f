import { z } from 'zod';
import {
  type Recommendation,
  recommendSellers,
  wantedRoutes,
} from '../../../domain/delivery/routes/recommend.ts';
import { ROUTE_LEVELS } from '../../../domain/delivery/routes/route-levels.ts';
import { findRouteStats } from '../../sequence/sql/find-route-stats.ts';
import { count, duration, hours } from '../answers.ts';
import { Problem } from '../problem.ts';
import { nowhere, question } from '../question.ts';
import { id, wholeNumber } from '../request/parameters.ts';
import { overallPreparation } from '../sql/overall-preparation.ts';
import { placeOfZip } from '../sql/place-of-zip.ts';
import { productFacts } from '../sql/product-facts.ts';
import { routeCandidates } from '../sql/route-candidates.ts';

const MOST_CANDIDATES = 500;

export const recommendation = question({
  name: 'RouteRecommendation',
  path: '/api/v1/routes/recommend',
  summary: 'Which seller should serve this customer with this product, when it would arrive, and why',
  description:
    'Sellers that have sold the product, or whose it is in the catalogue, the fastest first: preparation, of its own orders shrunk towards that of all sellers, and transit, of the finest level of the route of which enough is known, shrunk towards the coarser ones. Both are taken for independent. Empty while no delivery has been followed.',
  place: nowhere,
  query: z.strictObject({
    product_id: id,
    customer_zip: id.describe('As the orders have it.'),
    limit: wholeNumber(1, MOST_CANDIDATES).default(20).describe('Most sellers of an answer.'),
  }),
  answer: z.object({
    product: z.object({
      product_id: z.string(),
      product_name: z.string().nullable(),
      category: z.string().nullable(),
      available_pieces: z.int().nullable().describe('Of all sellers; null: its stock is not tracked.'),
    }),
    destination: z.object({
      zip: z.string(),
      city: z.string().nullable(),
      state: z.string().nullable(),
      is_known: z
        .boolean()
        .describe('false: nobody knows where it is; all routes together are the estimate.'),
    }),
    items: z.array(
      z.object({
        rank: z.int().min(1),
        seller_id: z.string(),
        expected_hours: duration.describe('From approval to delivery.'),
        sd_hours: duration.describe('Standard deviation of it.'),
        preparation: z.object({
          orders: count.describe('Of its own.'),
          mean_hours: duration,
          sd_hours: duration,
        }),
        transit: z.object({
          level: z.enum(ROUTE_LEVELS).describe('The finest level of which enough is known.'),
          route: z.string(),
          trips: count,
          mean_hours: duration,
          sd_hours: duration,
          distance_km: z.number().nullable().describe('Great circle.'),
        }),
        why: z.string(),
      }),
    ),
  }),
  notFound: 'Nobody has heard of this product.',
  async ask({ db }, { product_id: productId, customer_zip: zip, limit }) {
    const product = await productFacts(db, productId);
    if (product === null)
      throw new Problem(
        404,
        'No such product',
        `Product ${productId} is not in the table products, and no order has it.`,
      );
    const candidates = await routeCandidates(db, productId, MOST_CANDIDATES);
    const to = await placeOfZip(db, zip);
    const destination = { to, category: product.category };
    const stats = await findRouteStats(db, wantedRoutes(destination, candidates));
    const ranked = recommendSellers(destination, candidates, stats, await overallPreparation(db));
    return {
      product: {
        product_id: productId,
        product_name: product.product_name,
        category: product.category,
        available_pieces: product.available,
      },
      destination: { zip, city: to.city, state: to.state, is_known: to.latitude !== null },
      items: ranked.slice(0, limit).map(itemOf),
    };
  },
});

function itemOf(
  { sellerId, expectedSeconds, sdSeconds, preparation, transit, why }: Recommendation,
  index: number,
) {
  return {
    rank: index + 1,
    seller_id: sellerId,
    expected_hours: hours(expectedSeconds),
    sd_hours: hours(sdSeconds),
    preparation: {
      orders: preparation.orders,
      mean_hours: hours(preparation.meanSeconds),
      sd_hours: hours(preparation.sdSeconds),
    },
    transit: {
      level: transit.level,
      route: transit.route,
      trips: transit.trips,
      mean_hours: hours(transit.meanSeconds),
      sd_hours: hours(transit.sdSeconds),
      distance_km: transit.distanceKm,
    },
    why,
  };
}
