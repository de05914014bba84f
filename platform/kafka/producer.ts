import kafkajs, { type Kafka, type Producer } from 'kafkajs';

/**
 * A producer whose calls have stored all their records, or fail: then all of them have to be sent again, and some may
 * be in Kafka twice.
 *
 * It never tries again by itself. When kafkajs does, it loses records: which broker has confirmed its part of a call is
 * remembered over the tries, so that a partition that is led by that broker only since the first try is not sent any
 * more, and the call succeeds (https://github.com/tulios/kafkajs/pull/1798, not in 2.2.4).
 */
export function createProducer(kafka: Kafka): Producer {
  return kafka.producer({
    allowAutoTopicCreation: false,
    // The partitioner of the Java client, so that all producers agree on an order's partition.
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    retry: { retries: 0 },
  });
}
