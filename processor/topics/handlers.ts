import type { Config } from '../../platform/config/load.ts';
import type { Topic } from '../../platform/config/variables.ts';
import { actionsHandler } from './actions/actions-handler.ts';
import { holdsHandler } from './holds/holds-handler.ts';
import { ordersHandler } from './orders/orders-handler.ts';
import type { TopicHandler } from './topic-handler.ts';

/** Topics the processor consumes, in the order of {@link topicHandlers}. */
export const CONSUMED: readonly Topic[] = ['orders', 'holds', 'actions'];

/** The handlers of the topics the processor consumes. A new one is a folder beside `orders/` and a line here. */
export function topicHandlers(config: Config): readonly TopicHandler<unknown>[] {
  return [ordersHandler(config), holdsHandler(config), actionsHandler(config, CONSUMED)];
}
