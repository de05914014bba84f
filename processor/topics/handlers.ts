import type { Config } from '../../platform/config/load.ts';
import { ordersHandler } from './orders/orders-handler.ts';
import type { TopicHandler } from './topic-handler.ts';

/** The topics the processor consumes. A new one is a folder beside `orders/` and a line here. */
export function topicHandlers(config: Config): readonly TopicHandler<unknown>[] {
  return [ordersHandler(config)];
}
