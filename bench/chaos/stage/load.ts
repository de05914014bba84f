import type { KafkaConfig } from '../../../platform/config/kafka.ts';
import type { SchemaRegistryConfig } from '../../../platform/config/schema-registry.ts';
import type { SimulatedRecord } from '../../../simulator/record.ts';
import { avroSink } from '../../../simulator/send/avro-sink.ts';
import { KafkaSink } from '../../../simulator/send/kafka-sink.ts';
import { pace } from '../../../simulator/send/pace.ts';
import { digest } from '../verdict/kafka-log.ts';

/** Traffic that is being sent. */
export interface Load {
  /** Digests of the records that Kafka has confirmed, in the order of sending. */
  readonly acknowledged: readonly string[];
  /** How many records should have been sent by now. */
  due(): number;
  /** Resolves when all is sent and confirmed, however long Kafka is away. Rejects when it cannot be sent at all. */
  readonly done: Promise<void>;
}

export interface LoadOptions {
  kafka: KafkaConfig;
  /** Null: orders are sent as JSON, else as Avro. */
  registry: SchemaRegistryConfig | null;
  /** In the order of sending, on the real clock. */
  records: readonly SimulatedRecord[];
  signal: AbortSignal;
  say(line: string): void;
}

/** Sends records at their times, by the simulator's own way: what Kafka does not take is sent again until it does. */
export function startLoad({ kafka, registry, records, signal, say }: LoadOptions): Load {
  const acknowledged: string[] = [];
  const start = records[0]?.at ?? Date.now();
  let cursor = 0;
  const send = async (): Promise<void> => {
    const sink = new KafkaSink({ kafka, gzip: false, signal, say });
    try {
      await sink.connect();
      const encoding = registry === null ? sink : await avroSink(sink, registry, kafka.topics.orders);
      await pace({
        ...{ records, sink: encoding, start, signal },
        began: start,
        speed: 1,
        staysInThePast: false,
        clock: Date.now,
        stored: (stored) => {
          for (const { key, value } of stored) acknowledged.push(digest(key, value));
        },
      });
    } finally {
      await sink.close();
    }
  };
  const done = send();
  // It is awaited at the end; until then it must not end the process.
  done.catch(() => undefined);
  return {
    acknowledged,
    done,
    due: () => {
      while (cursor < records.length && (records[cursor]?.at ?? 0) <= Date.now()) cursor += 1;
      return cursor;
    },
  };
}
