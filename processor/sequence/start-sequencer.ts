import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { ProcessorContext } from '../context.ts';
import { isDetectionBehind } from '../detection/sql/is-detection-behind.ts';
import type { SilenceWatch } from '../lag/silence.ts';
import type { TopicHandler } from '../topics/topic-handler.ts';
import { createFollowers } from './followers.ts';
import { Sequencer } from './sequencer.ts';

/** Has this instance follow the milestones of the topics that have some, or wait until no other instance does. */
export function startSequencer(
  context: ProcessorContext,
  handlers: readonly TopicHandler<unknown>[],
  silence: SilenceWatch,
): Sequencer {
  const topics = handlers.filter((one) => one.allowedLateness !== undefined).map((one) => one.topic);
  const { config, metrics } = context;
  const detection = config.platformIntelligence ? metrics.detection : null;
  const sequencer = new Sequencer(context, {
    instance: `${hostname()}/${randomUUID()}`,
    createFollowers: () => createFollowers(config, detection),
    ...(detection === null ? {} : { isBehind: isDetectionBehind }),
    partitions: () => silence.partitions(topics),
  });
  sequencer.start();
  return sequencer;
}
