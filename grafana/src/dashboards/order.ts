import type { Board } from '../parts/board.ts';
import { type DataLink, toEvents, toSlack, toTrace } from '../parts/links.ts';
import { statesPanel, tablePanel } from '../parts/panels.ts';
import { series, table } from '../parts/query.ts';
import { now, slackUrl, textBox } from '../parts/variables.ts';

const wholeLife: DataLink = {
  title: 'Show its whole life',
  url: '/d/holdfast-order?var-order_id=${order_id:percentencode}&from=${__data.fields.from_ms}&to=${__data.fields.to_ms}&${timescaledb:queryparam}&${prometheus:queryparam}',
};

const summary = tablePanel({
  title: now('The order'),
  description:
    'What is this order, and where does it stand? Its id is a link to its whole life. User and address are masked unless the database says otherwise.',
  unit: 'locale',
  queries: table('order/summary'),
  span: 24,
  height: 4,
  noValue: 'there is no such order',
  columns: {
    order_id: { title: 'order', links: [wholeLife, toEvents()], width: 190 },
    status: { status: true, width: 100 },
    stage: { status: true, width: 110 },
    product: { width: 180 },
    seller_id: { title: 'seller' },
    user_id: { title: 'user' },
    shipping_address: { title: 'address' },
    age: { unit: 's' },
    promised_at: { title: 'promised', unit: 'dateTimeAsIso', width: 160 },
    last_occurred_at: { title: 'last event', unit: 'dateTimeAsIso', width: 160 },
    from_ms: { hidden: true },
    to_ms: { hidden: true },
  },
});

const states = statesPanel({
  title: 'Its way',
  description:
    'Which status was it in, and when was it held? One line for the status, one for the reasons it was held for.',
  unit: 'string',
  queries: [series('order/states'), series('order/hold-states', 'B')],
  span: 24,
  height: 6,
  noValue: 'nothing in the chosen time: its id above links to its whole life',
});

const events = tablePanel({
  title: 'Its events',
  description:
    'What was said about it, when did we hear of it, and where does it lie in Kafka? Noted are events that came late, contradict each other, or were delivered again (as partition/offset).',
  unit: 'locale',
  queries: table('order/events'),
  span: 24,
  height: 8,
  columns: {
    occurred_at: { title: 'occurred', unit: 'dateTimeAsIso', width: 170 },
    event_type: { title: 'type', width: 140 },
    status: { status: true, width: 110 },
    in_kafka: { title: 'in Kafka', unit: 'dateTimeAsIso', width: 170 },
    stored: { unit: 'dateTimeAsIso', width: 170 },
    delay: { unit: 's', limits: { warn: 60, bad: 3600 }, width: 100 },
    partition: { unit: 'none', width: 80 },
    kafka_offset: { title: 'offset', unit: 'none' },
    note: { width: 260 },
    event_id: { title: 'event' },
    trace_id: { title: 'trace', links: [toTrace] },
  },
});

const legs = tablePanel({
  title: 'How long each leg took',
  description: 'Was it slower than others? Each leg against half and 95 % of the orders of the last 31 days.',
  unit: 's',
  queries: table('order/legs'),
  span: 10,
  columns: {
    leg: { width: 160 },
    usual: { title: 'half of the orders' },
    p95: { title: '95 % of the orders' },
    share_of_p95: { title: 'against 95 %', unit: 'percentunit', limits: { warn: 0.8, bad: 1 } },
  },
});

const holds = tablePanel({
  title: 'Its holds',
  description: 'Why was it held, for how long, and who let it go? The evidence is what the rule saw.',
  unit: 'locale',
  queries: table('order/holds'),
  span: 14,
  noValue: 'never held',
  columns: {
    status: { status: true },
    reason: { width: 130 },
    episode: { unit: 'none', width: 80 },
    opened_at: { title: 'opened', unit: 'dateTimeAsIso', width: 160 },
    closed_at: { title: 'closed', unit: 'dateTimeAsIso', width: 160 },
    lasted: { unit: 's' },
    alert: { status: true },
  },
});

const alerts = tablePanel({
  title: 'Its alerts',
  description: 'Who was told, and where is the thread?',
  unit: 'locale',
  queries: table('order/alerts'),
  span: 12,
  noValue: 'no alerts',
  columns: {
    severity: { status: true },
    status: { status: true },
    opened_at: { title: 'opened', unit: 'dateTimeAsIso' },
    status_since: { title: 'since', unit: 'dateTimeAsIso' },
    slack_state: { title: 'in Slack', status: true, links: [toSlack] },
    channel: { hidden: true },
    slack: { hidden: true },
  },
});

const actions = tablePanel({
  title: 'What was done',
  description: 'Who did what about it, from where, and what changed?',
  unit: 'locale',
  queries: table('order/actions'),
  span: 12,
  noValue: 'nothing yet',
  columns: {
    at: { unit: 'dateTimeAsIso' },
    status_before: { title: 'before', status: true },
    status_after: { title: 'after', status: true },
  },
});

export const board: Board = {
  uid: 'holdfast-order',
  title: 'One order',
  description:
    'Everything about one order: its way, its events down to the offset, its holds, alerts and threads.',
  variables: [textBox('order_id', 'order', 'The id of the order.'), slackUrl()],
  rows: [
    { title: 'The order', panels: [summary, states] },
    { title: 'Events', panels: [events] },
    { title: 'Delays and holds', panels: [legs, holds] },
    { title: 'People', panels: [alerts, actions] },
  ],
};
