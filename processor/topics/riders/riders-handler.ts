import { decodeRider } from '../../../domain/platform/decode-rider.ts';
import type { RiderEvent } from '../../../domain/platform/rider-event.ts';
import type { Config } from '../../../platform/config/load.ts';
import { insertRiders } from '../../sql/insert-riders.ts';
import { factsHandler } from '../facts-handler.ts';
import type { TopicHandler } from '../topic-handler.ts';

/** Topic `riders`: who is at work, and where. */
export function ridersHandler(config: Config): TopicHandler<RiderEvent> {
  return factsHandler(config, { topic: 'riders', decode: decodeRider, insert: insertRiders });
}
