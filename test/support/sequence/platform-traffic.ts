import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { KafkaRecord } from '../../../processor/ingest/kafka-record.ts';
import { renderEvent } from '../../../simulator/platform/render/render-event.ts';
import { PLATFORM_TOPICS, type WorldEvent } from '../../../simulator/platform/world/world-event.ts';
import { recordAt } from '../drive-batches.ts';
import type { Micros } from '../oracle/types.ts';
import type { Partition, SequenceStage } from './sequence-stage.ts';

export const PLATFORM_PARTITIONS: readonly Partition[] = PLATFORM_TOPICS.map((topic) => ({
  topic,
  partition: 0,
}));

/** Brings what a world says to the processor, as batches without Kafka: each topic has one partition. */
export class PlatformTraffic {
  private readonly stage: SequenceStage;
  private readonly offsets = new Map<string, number>();

  constructor(stage: SequenceStage) {
    this.stage = stage;
  }

  /** All events up to a moment, and then the word that there are no others. */
  async deliver(events: readonly WorldEvent[], upTo: Micros): Promise<void> {
    for (const partition of PLATFORM_PARTITIONS) {
      const own = events.filter(({ topic }) => topic === partition.topic);
      const records = own.map((event) =>
        this.record(event.topic, renderEvent(event), event.value.occurredAt),
      );
      const headers = { 'holdfast-watermark': Buffer.from(formatIso8601(upTo)) };
      records.push({ ...this.record(partition.topic, null, upTo), headers });
      await this.stage.deliver(partition, records);
    }
  }

  private record(topic: string, value: string | null, at: Micros): KafkaRecord {
    const offset = this.offsets.get(topic) ?? 0;
    this.offsets.set(topic, offset + 1);
    return recordAt(offset, value, { timestampMs: Math.floor(at / 1000) });
  }
}
