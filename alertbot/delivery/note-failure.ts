import { type Micros, SECOND } from '../../domain/time/micros.ts';
import type { Channel } from './channel.ts';
import type { DeliveryParts } from './parts.ts';
import type { Failure } from './slack-outcome.ts';

/** What the failure of a post means for the channel, and for it alone. */
export async function noteFailure(
  parts: DeliveryParts,
  channel: Channel,
  failure: Failure,
  now: Micros,
): Promise<void> {
  switch (failure.kind) {
    case 'ratelimited':
      channel.bucket.pause(now + (failure.retryAfter ?? 1) * SECOND);
      break;
    case 'channel':
      await parts.channels.closed(channel, now, failure.error);
      break;
    case 'busy':
    case 'unreachable':
      channel.failed(now, 'busy');
      break;
    case 'unknown':
      channel.failed(now, 'unknown');
      break;
  }
}
