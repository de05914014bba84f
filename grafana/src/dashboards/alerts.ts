import type { Board } from '../parts/board.ts';
import { toOrder, toSlack } from '../parts/links.ts';
import { statPanel, tablePanel, timePanel } from '../parts/panels.ts';
import { prom, proms, series, table } from '../parts/query.ts';
import { alertKind, alertStatus, now, slackUrl } from '../parts/variables.ts';

const byStatus = tablePanel({
  title: now('Unresolved alerts'),
  description: 'How many alerts wait, of which kind, and how old is the oldest?',
  unit: 'locale',
  queries: table('alerts/by-status'),
  span: 10,
  noValue: 'no unresolved alerts',
  columns: {
    severity: { status: true },
    status: { status: true },
    oldest: { unit: 's', limits: { warn: 3600, bad: 86_400 } },
  },
});

const overTime = timePanel({
  title: 'Unresolved alerts over time',
  description: 'Do alerts pile up, and when are they acknowledged?',
  unit: 'locale',
  queries: series('alerts/open-over-time'),
  span: 14,
});

const reaction = statPanel({
  title: 'Reaction',
  description:
    'How fast do people react? From the alert being raised to its ACKs and to RESOLVE, of what people did in the chosen time; at most 2.5 % off.',
  unit: 's',
  queries: table('alerts/reaction'),
  span: 10,
  height: 8,
  noValue: 'nobody has acted',
  decimals: 1,
  columns: { 'to ACK, 95 %': { limits: { warn: 900, bad: 3600 } } },
});

const who = tablePanel({
  title: 'Who',
  description: 'Who does the work, and from where?',
  unit: 'locale',
  queries: table('alerts/who'),
  span: 14,
  noValue: 'nobody has acted',
  columns: { latest: { unit: 'dateTimeAsIso' } },
});

const results = tablePanel({
  title: 'What became of it',
  description: 'Which actions were taken, and what status did they lead to?',
  unit: 'locale',
  queries: table('alerts/results'),
  span: 10,
  noValue: 'no actions',
  columns: {
    status_before: { title: 'before', status: true },
    status_after: { title: 'after', status: true },
    times: { gauge: true },
  },
});

const retries = tablePanel({
  title: 'Commands and their results',
  description: 'Did RETRY really run the work again, and how did it end?',
  unit: 'locale',
  queries: table('alerts/retries'),
  span: 14,
  noValue: 'no commands',
  columns: { at: { unit: 'dateTimeAsIso' }, took: { unit: 's' } },
});

const list = tablePanel({
  title: 'Alerts opened in the chosen time',
  description: 'Which alerts are these, who has them, and where is their thread?',
  unit: 'locale',
  queries: table('alerts/list'),
  span: 24,
  height: 12,
  noValue: 'no alerts fit',
  columns: {
    opened_at: { title: 'opened', unit: 'dateTimeAsIso', width: 160 },
    severity: { status: true, width: 90 },
    status: { status: true, width: 130 },
    subject: { width: 330 },
    order_id: { title: 'order', links: [toOrder()], width: 190 },
    in_status: { title: 'for', unit: 's' },
    group_key: { title: 'group' },
    slack_state: { title: 'in Slack', status: true, links: [toSlack] },
    channel: { hidden: true },
    slack: { hidden: true },
  },
});

const queue = tablePanel({
  title: now('Not in Slack yet'),
  description: 'Do alerts reach Slack? Those that wait, are doubtful, or were given up.',
  unit: 'locale',
  queries: table('alerts/slack-queue'),
  span: 8,
  noValue: 'everything is sent',
  columns: { state: { status: true }, oldest: { unit: 's', limits: { warn: 60, bad: 300 } } },
});

const delay = timePanel({
  title: 'From alert to Slack',
  description: 'How long does an alert take until it is a message?',
  unit: 's',
  queries: series('alerts/slack-delay'),
  span: 8,
  noValue: 'nothing was sent',
  limits: { warn: 60, bad: 300 },
});

const oldest = timePanel({
  title: 'Oldest waiting message',
  description: 'Is delivery to Slack stuck? This number is what the alert SlackDeliveryFailing watches.',
  unit: 's',
  queries: proms(['max by (outbox) (holdfast_outbox_oldest_seconds{outbox="slack"})', 'to {{outbox}}']),
  span: 8,
  limits: { warn: 60, bad: 300 },
  limitLines: true,
  interval: '15s',
});

const requests = timePanel({
  title: 'Calls to Slack a second',
  description: 'What does Slack answer? Anything but ok is tried again.',
  unit: 'reqps',
  queries: proms(['sum by (outcome) (rate(holdfast_slack_requests_total[$__rate_interval]))', '{{outcome}}']),
  span: 8,
  noValue: 'no alertbot',
  interval: '15s',
});

const clicks = timePanel({
  title: 'What people do in Slack, a minute',
  description: 'How many clicks and commands come in, and what became of them?',
  unit: 'locale',
  queries: proms([
    'sum by (type, outcome) (rate(holdfast_slack_interactions_total[$__rate_interval])) * 60',
    '{{type}} {{outcome}}',
  ]),
  span: 8,
  noValue: 'nobody has clicked',
  interval: '15s',
});

const clickTime = timePanel({
  title: 'From click to decision',
  description: 'Is a click answered within the three seconds that Slack allows?',
  unit: 's',
  queries: [
    prom(
      'histogram_quantile(0.5, sum by (le) (rate(holdfast_slack_interaction_seconds_bucket[$__rate_interval])))',
      'half',
    ),
    prom(
      'histogram_quantile(0.99, sum by (le) (rate(holdfast_slack_interaction_seconds_bucket[$__rate_interval])))',
      '99 %',
      { refId: 'B', exemplar: true },
    ),
  ],
  span: 8,
  noValue: 'no clicks',
  limits: { warn: 1, bad: 2.5 },
  limitLines: true,
  interval: '15s',
});

export const board: Board = {
  uid: 'holdfast-alerts',
  title: 'Alerts',
  description: 'What needs people, how fast do they react, and does Slack hear of it?',
  variables: [alertStatus(), alertKind(), slackUrl()],
  rows: [
    { title: 'Waiting', panels: [byStatus, overTime] },
    { title: 'People', panels: [reaction, who, results, retries] },
    { title: 'List', panels: [list] },
    { title: 'Delivery to Slack', panels: [queue, delay, oldest, requests, clicks, clickTime] },
  ],
};
