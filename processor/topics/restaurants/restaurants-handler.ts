import { decodeRestaurant } from '../../../domain/platform/decode-restaurant.ts';
import type { RestaurantEvent } from '../../../domain/platform/restaurant-event.ts';
import type { Config } from '../../../platform/config/load.ts';
import { insertRestaurants } from '../../sql/insert-restaurants.ts';
import { factsHandler } from '../facts-handler.ts';
import type { TopicHandler } from '../topic-handler.ts';

/** Topic `restaurants`: what restaurants, or any merchants, say. */
export function restaurantsHandler(config: Config): TopicHandler<RestaurantEvent> {
  return factsHandler(config, { topic: 'restaurants', decode: decodeRestaurant, insert: insertRestaurants });
}
