import { expect, it, onTestFinished } from 'vitest';
import { prometheusConfig, usualTiming } from '../../stack/prometheus/prometheus-config.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { createLenientTopic, produce } from '../support/kafka-client.ts';
import { startPrometheus } from '../support/monitoring.ts';
import { startOtlpReceiver } from '../support/otlp-receiver.ts';
import { startReadyProcessor } from '../support/processor-process.ts';
import { describeWithTools, runTool } from '../support/tools.ts';

const LATENCY = 'holdfast_end_to_end_latency_seconds_bucket';

interface Exemplars {
  data: {
    seriesLabels: { __name__: string };
    exemplars: { labels: { trace_id: string }; value: string }[];
  }[];
}

describeWithTools('exemplars in a real Prometheus', ['prometheus', 'promtool'], () => {
  it('lead from the latency to the trace of the batch', async () => {
    const receiver = await startOtlpReceiver();
    onTestFinished(receiver.stop);
    const prefix = freshTopicPrefix();
    const { url } = await freshDatabase();
    await createLenientTopic(kafkaBrokers(), `${prefix}orders`, 1);
    const processor = await startReadyProcessor({
      DATABASE_URL: url,
      KAFKA_BROKERS: kafkaBrokers(),
      KAFKA_TOPIC_PREFIX: prefix,
      KAFKA_GROUP_ID: `${prefix}group`,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
    });
    const prometheus = await startPrometheus(() =>
      prometheusConfig(
        {
          processor: new URL(processor.url).host,
          alertbot: '127.0.0.1:9',
          prometheus: '127.0.0.1:9',
          alertmanager: undefined,
        },
        { ...usualTiming, interval: '1s' },
      ),
    );
    const value = JSON.stringify({
      order_id: 'A-1',
      event_type: 'ORDER_CREATED',
      occurred_at: new Date().toISOString(),
      user_id: 'U-1',
      product_id: 'P-1',
      shipping_address: '1 Harbour Street',
    });
    await produce(kafkaBrokers(), `${prefix}orders`, [{ value, partition: 0 }]);

    const stored = await eventually('an exemplar', async () => {
      const range = `start=${Date.now() / 1000 - 600}&end=${Date.now() / 1000 + 60}`;
      const { data } = await prometheus.get<Exemplars>(`/api/v1/query_exemplars?query=${LATENCY}&${range}`);
      return data[0]?.exemplars[0];
    });
    await eventually('the span it points to', () =>
      receiver.spans.some(
        ({ name, traceId }) => name === 'orders process' && traceId === stored.labels.trace_id,
      ),
    );

    type Up = { data: { activeTargets: { labels: { job: string }; health: string; lastError: string }[] } };
    const { activeTargets } = (await prometheus.get<Up>('/api/v1/targets')).data;
    expect(activeTargets.find(({ labels }) => labels.job === 'processor')).toMatchObject({
      health: 'up',
      lastError: '',
    });

    const text = await (
      await fetch(`${processor.url}/metrics`, { headers: { accept: 'text/plain' } })
    ).text();
    expect(text).not.toContain('trace_id');
    expect([0, 3]).toContain(runTool('promtool', ['check', 'metrics'], { input: text }).status);
  });
});
