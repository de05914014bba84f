import { keywordReasons } from '../../domain/reviews/keyword-reasons.ts';
import type { Config } from '../../platform/config/load.ts';
import type { Topic } from '../../platform/config/variables.ts';
import { actionsHandler } from './actions/actions-handler.ts';
import { deliveriesHandler } from './deliveries/deliveries-handler.ts';
import { holdsHandler } from './holds/holds-handler.ts';
import { inventoryHandler } from './inventory/inventory-handler.ts';
import { ordersHandler } from './orders/orders-handler.ts';
import { paymentsHandler } from './payments/payments-handler.ts';
import { restaurantsHandler } from './restaurants/restaurants-handler.ts';
import { reviewsHandler } from './reviews/reviews-handler.ts';
import { ridersHandler } from './riders/riders-handler.ts';
import type { TopicHandler } from './topic-handler.ts';

/** Topics the processor consumes, in the order of {@link topicHandlers}. */
export const CONSUMED: readonly Topic[] = [
  'orders',
  'payments',
  'deliveries',
  'riders',
  'restaurants',
  'reviews',
  'inventory',
  'holds',
  'actions',
];

/** The handlers of the topics the processor consumes. A new one is a folder beside `orders/` and a line here. */
export function topicHandlers(config: Config): readonly TopicHandler<unknown>[] {
  return [
    ordersHandler(config),
    paymentsHandler(config),
    deliveriesHandler(config),
    ridersHandler(config),
    restaurantsHandler(config),
    // Another classifier of complaints goes here.
    reviewsHandler(config, keywordReasons),
    inventoryHandler(config),
    holdsHandler(config),
    actionsHandler(config, CONSUMED),
  ];
}
