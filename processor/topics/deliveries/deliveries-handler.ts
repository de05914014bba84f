import { decodeDelivery } from '../../../domain/platform/decode-delivery.ts';
import type { DeliveryEvent } from '../../../domain/platform/delivery-event.ts';
import type { Config } from '../../../platform/config/load.ts';
import { insertDeliveries } from '../../sql/insert-deliveries.ts';
import { factsHandler } from '../facts-handler.ts';
import type { TopicHandler } from '../topic-handler.ts';

/** Topic `deliveries`. That an order is delivered says topic `orders`. */
export function deliveriesHandler(config: Config): TopicHandler<DeliveryEvent> {
  return factsHandler(config, { topic: 'deliveries', decode: decodeDelivery, insert: insertDeliveries });
}
