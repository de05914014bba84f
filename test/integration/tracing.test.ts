import { expect, it, onTestFinished } from 'vitest';
import { alertbotProcesses } from '../support/alertbot-process.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { createLenientTopic, produce } from '../support/kafka-client.ts';
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.ts';
import { startReadyProcessor } from '../support/processor-process.ts';

const PRODUCER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

/** An order without a user: it is held, and an alert is raised. */
const heldOrder = JSON.stringify({
  order_id: 'A-1',
  event_type: 'ORDER_CREATED',
  occurred_at: new Date().toISOString(),
  product_id: 'P-1',
  shipping_address: '1 Harbour Street',
});

async function receiverOfThisTest(): Promise<OtlpReceiver> {
  const receiver = await startOtlpReceiver();
  onTestFinished(receiver.stop);
  return receiver;
}

it('one record is followed from its producer through its batch and its alert into Slack', async () => {
  const receiver = await receiverOfThisTest();
  const prefix = freshTopicPrefix();
  const database = await freshDatabase();
  await createLenientTopic(kafkaBrokers(), `${prefix}orders`, 1);
  await startReadyProcessor({
    DATABASE_URL: database.url,
    KAFKA_BROKERS: kafkaBrokers(),
    KAFKA_TOPIC_PREFIX: prefix,
    KAFKA_GROUP_ID: `${prefix}group`,
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
  });
  const headers = { traceparent: `00-${PRODUCER.traceId}-${PRODUCER.spanId}-01` };
  await produce(kafkaBrokers(), `${prefix}orders`, [{ value: heldOrder, partition: 0, headers }]);

  const batch = await eventually('the span of the batch', () =>
    receiver.spans.find(({ name, links }) => name === 'orders process' && links.length > 0),
  );
  expect(batch).toMatchObject({ service: 'holdfast-processor', links: [PRODUCER], isError: false });
  expect(batch.attributes).toMatchObject({
    'messaging.destination.name': 'orders',
    'messaging.batch.message_count': 1,
  });
  const transaction = receiver.spans.find(({ parentSpanId }) => parentSpanId === batch.spanId);
  expect(transaction).toMatchObject({ name: 'transaction', traceId: batch.traceId });

  const pool = database.pool();
  const { rows: events } = await pool.query('SELECT trace_id FROM events');
  expect(events).toEqual([{ trace_id: PRODUCER.traceId }]);
  const { rows: alerts } = await pool.query('SELECT trace_id, traceparent FROM alerts');
  expect(alerts[0]).toMatchObject({ trace_id: batch.traceId });
  expect(alerts[0]?.traceparent).toMatch(new RegExp(`^00-${batch.traceId}-[0-9a-f]{16}-01$`));

  const slack = await alertbotProcesses({
    databaseUrl: database.url,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint },
    cleanUp: onTestFinished,
  });
  await slack.startReady();
  const posted = await eventually('the span of its message', () =>
    receiver.spans.find(({ service, name }) => service === 'holdfast-alertbot' && name === 'post alert'),
  );
  expect(posted).toMatchObject({ traceId: batch.traceId, parentSpanId: transaction?.spanId });
  const call = await eventually('the span of the call of Slack', () =>
    receiver.spans.find(({ parentSpanId }) => parentSpanId === posted.spanId),
  );
  expect(call).toMatchObject({ name: 'slack chat.postMessage', isError: false });
});
