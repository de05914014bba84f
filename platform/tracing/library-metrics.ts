import type { Meter } from '@opentelemetry/api';
import type { Consumer } from 'kafkajs';

/** Seconds. */
const REQUEST_BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];

/** Requests of a kafkajs consumer to its brokers. */
export function observeConsumer(meter: Meter): (consumer: Consumer) => void {
  const durations = meter.createHistogram('messaging.client.operation.duration', {
    description: 'Duration of requests to the Kafka brokers.',
    unit: 's',
    advice: { explicitBucketBoundaries: REQUEST_BUCKETS },
  });
  return (consumer) => {
    consumer.on(consumer.events.REQUEST, ({ payload }) => {
      durations.record(payload.duration / 1000, { 'messaging.operation.name': payload.apiName });
    });
  };
}
