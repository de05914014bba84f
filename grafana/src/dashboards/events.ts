import type { Board } from '../parts/board.ts';
import type { Column } from '../parts/columns.ts';
import { toOrder, toTrace } from '../parts/links.ts';
import { tablePanel, timePanel } from '../parts/panels.ts';
import { series, table } from '../parts/query.ts';
import { either, eventType, textBox } from '../parts/variables.ts';

const columns: Readonly<Record<string, Column>> = {
  occurred_at: { title: 'occurred', unit: 'dateTimeAsIso', width: 170 },
  order_id: { title: 'order', links: [toOrder()], width: 190 },
  event_type: { title: 'type', width: 140 },
  status: { status: true, width: 110 },
  stored: { unit: 'dateTimeAsIso', width: 170 },
  delay: { unit: 's', limits: { warn: 60, bad: 3600 } },
  partition: { unit: 'none', width: 80 },
  kafka_offset: { title: 'offset', unit: 'none' },
  event_id: { title: 'event' },
  trace_id: { title: 'trace', links: [toTrace] },
};

const byType = timePanel({
  title: 'Events a minute, by type',
  description: 'What happens to the orders, and how much of it? By the time the events tell.',
  unit: 'locale',
  queries: series('events/by-type'),
  span: 12,
  stacked: true,
});

const errors = timePanel({
  title: 'Events that give a reason',
  description: 'How many events say why something went wrong (reason_code)?',
  unit: 'percentunit',
  queries: series('events/errors'),
  span: 6,
  max: 1,
  limits: { warn: 0.05, bad: 0.2 },
});

const delays = timePanel({
  title: 'From occurred to Kafka',
  description: 'How old are events when they reach Kafka? Percentiles out of histograms, at most 2.5 % off.',
  unit: 's',
  queries: series('events/delays'),
  span: 6,
  interval: '30m',
  limits: { warn: 60, bad: 600 },
});

const ofOrder = tablePanel({
  title: 'Events of order $order_id',
  description: 'What was said of the order that is named above, whenever it was?',
  unit: 'locale',
  queries: table('events/of-order'),
  span: 24,
  noValue: 'no order is named above, or it has no events',
  columns,
});

const list = tablePanel({
  title: 'The latest 200',
  description: 'What happened last, among the chosen types?',
  unit: 'locale',
  queries: table('events/list'),
  span: 24,
  height: 14,
  noValue: 'no events fit',
  columns,
});

export const board: Board = {
  uid: 'holdfast-events',
  title: 'Events',
  description: 'What was said, by order, by type, or errors only.',
  variables: [
    textBox('order_id', 'order', 'The id of an order.'),
    eventType(),
    either('errors_only', 'errors only', 'Only events with a reason code.', ['no', 'yes']),
  ],
  rows: [
    { title: 'Volume', panels: [byType, errors, delays] },
    { title: 'List', panels: [list, ofOrder] },
  ],
};
