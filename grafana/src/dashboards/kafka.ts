import type { Board } from '../parts/board.ts';
import { statPanel, timePanel } from '../parts/panels.ts';
import { prom, proms } from '../parts/query.ts';

const FINE = '15s';
const NONE = 'no JMX exporter is scraped';

const underReplicated = statPanel({
  title: 'Under-replicated partitions',
  description: 'Is data in fewer places than it should be?',
  unit: 'locale',
  queries: prom('sum(kafka_server_replicamanager_underreplicatedpartitions)', 'partitions', {
    instant: true,
  }),
  span: 6,
  noValue: NONE,
  limits: { warn: 1, bad: 1 },
});

const offline = statPanel({
  title: 'Offline partitions',
  description: 'Is there a partition that nobody leads? Then nothing of it can be read or written.',
  unit: 'locale',
  queries: prom('sum(kafka_controller_kafkacontroller_offlinepartitionscount)', 'partitions', {
    instant: true,
  }),
  span: 6,
  noValue: NONE,
  limits: { warn: 1, bad: 1 },
});

const controllers = statPanel({
  title: 'Active controllers',
  description: 'Is there exactly one?',
  unit: 'locale',
  queries: prom('sum(kafka_controller_kafkacontroller_activecontrollercount)', 'controllers', {
    instant: true,
  }),
  span: 6,
  noValue: NONE,
  limits: { warnBelow: 1, badBelow: 1 },
});

const partitions = statPanel({
  title: 'Partitions',
  description: 'How many partitions do the brokers have?',
  unit: 'locale',
  queries: prom('sum(kafka_server_replicamanager_partitioncount)', 'partitions', { instant: true }),
  span: 6,
  noValue: NONE,
});

const messages = timePanel({
  title: 'Messages in, a second',
  description: 'How much is produced, by topic?',
  unit: 'locale',
  queries: proms([
    'sum by (topic) (rate(kafka_server_brokertopicmetrics_messagesin_by_topic_total[$__rate_interval]))',
    '{{topic}}',
  ]),
  span: 12,
  noValue: NONE,
  interval: FINE,
});

const bytes = timePanel({
  title: 'Bytes in and out',
  description: 'How much do producers write, and consumers read?',
  unit: 'Bps',
  queries: proms(
    ['sum(rate(kafka_server_brokertopicmetrics_bytesin_total[$__rate_interval]))', 'in'],
    ['sum(rate(kafka_server_brokertopicmetrics_bytesout_total[$__rate_interval]))', 'out'],
  ),
  span: 12,
  noValue: NONE,
  interval: FINE,
});

const isr = timePanel({
  title: 'Changes of the in-sync replicas, a minute',
  description: 'Do replicas fall behind and catch up again?',
  unit: 'locale',
  queries: proms(
    ['sum(rate(kafka_server_replicamanager_isrshrinks_total[$__rate_interval])) * 60', 'shrinks'],
    ['sum(rate(kafka_server_replicamanager_isrexpands_total[$__rate_interval])) * 60', 'expands'],
  ),
  span: 8,
  noValue: NONE,
  limits: { warn: 1, bad: 10 },
  interval: FINE,
});

const failed = timePanel({
  title: 'Failed requests a second',
  description: 'Does the broker refuse to produce or to fetch?',
  unit: 'reqps',
  queries: proms(
    ['sum(rate(kafka_server_brokertopicmetrics_failedproducerequests_total[$__rate_interval]))', 'produce'],
    ['sum(rate(kafka_server_brokertopicmetrics_failedfetchrequests_total[$__rate_interval]))', 'fetch'],
  ),
  span: 8,
  noValue: NONE,
  limits: { warn: 0.1, bad: 1 },
  interval: FINE,
});

const clients = timePanel({
  title: 'What our requests to the brokers take',
  description: 'Seen from here: how long do Kafka requests of the processor take?',
  unit: 's',
  queries: proms([
    'histogram_quantile(0.95, sum by (le) (rate(messaging_client_operation_duration_bucket[$__rate_interval])))',
    '95 %',
  ]),
  span: 8,
  interval: FINE,
});

export const board: Board = {
  uid: 'holdfast-kafka',
  title: 'Kafka brokers',
  description: 'Are the brokers well? What they tell by their JMX exporter, and what their clients see.',
  from: 'now-12h',
  rows: [
    { title: 'Now', panels: [underReplicated, offline, controllers, partitions] },
    { title: 'Traffic', panels: [messages, bytes, isr, failed, clients] },
  ],
};
