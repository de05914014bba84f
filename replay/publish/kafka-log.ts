import type { KafkaConfig } from '../../platform/config/kafka.ts';
import type { Logger } from '../../platform/logger/logger.ts';
import { REPLAY_TOPICS, type ReplayTopic } from '../source/source-event.ts';
import { KafkaWriter } from './kafka-writer.ts';
import { type ReadBack, readBack } from './read-back.ts';
import type { ReplayLog } from './replay-log.ts';

export interface KafkaLogOptions {
  kafka: KafkaConfig;
  logger: Logger;
  signal: AbortSignal;
  /** Told of what is worth a line on the screen. */
  say(message: string): void;
}

/** Kafka as the log of a replay: what is written can be read back. */
export class KafkaLog extends KafkaWriter<ReplayTopic> implements ReplayLog {
  readonly #options: KafkaLogOptions;

  constructor(options: KafkaLogOptions) {
    super({ ...options, clientId: 'holdfast-replay', topics: REPLAY_TOPICS });
    this.#options = options;
  }

  readBack(run: string): Promise<ReadBack> {
    const { kafka, say } = this.#options;
    return readBack(this.client, kafka, run, say);
  }
}
