import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { TIMESCALEDB } from './datasources.ts';
import { sqlText } from './query.ts';

/** How long ago the last record was committed; titles of numbers that mean "now" say it. */
export const dataAge = () =>
  new dashboard.QueryVariableBuilder('data_age')
    .label('data age')
    .description('How long ago the last record was committed.')
    .datasource(TIMESCALEDB)
    .query(sqlText('variables/data-age'))
    .refresh(dashboard.VariableRefresh.OnTimeRangeChanged)
    .hide(dashboard.VariableHide.HideVariable)
    .multi(false)
    .includeAll(false);

/** A title that says how old what it shows is. */
export const now = (title: string): string => `${title} ($data_age old)`;

const ALL: dashboard.VariableOption = { text: ['All'], value: ['$__all'], selected: true };

/** A choice of several out of a fixed list; all of them at first. */
export const choice = (name: string, label: string, description: string, values: readonly string[]) =>
  new dashboard.CustomVariableBuilder(name)
    .label(label)
    .description(description)
    .values(values.join(','))
    .multi(true)
    .includeAll(true)
    .current(ALL)
    .options([
      { ...ALL, text: 'All', value: '$__all' },
      ...values.map((value) => ({ text: value, value, selected: false })),
    ]);

/** A choice of several out of what the database has; all of them at first. */
export const choiceOf = (name: string, label: string, description: string, statement: string) =>
  new dashboard.QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(TIMESCALEDB)
    .query(sqlText(statement))
    .refresh(dashboard.VariableRefresh.OnDashboardLoad)
    .sort(dashboard.VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .current(ALL);

export const textBox = (name: string, label: string, description: string, value = '') =>
  new dashboard.TextBoxVariableBuilder(name)
    .label(label)
    .description(description)
    .defaultValue(value)
    .current({ text: value, value });

/** An address that links begin with; another one is given in the board's URL, as var-<name>. */
export const address = (name: string, label: string, description: string, value: string) =>
  textBox(name, label, description, value).hide(dashboard.VariableHide.HideVariable);

export const slackUrl = () =>
  address('slack_url', 'Slack', 'Where Slack is, for links to threads.', 'https://slack.com');

const CAUSES = [
  'being looked into',
  'RIDERS_SHORT',
  'RESTAURANT_OUTAGE',
  'REFUSALS_INGREDIENTS',
  'REFUSALS_STAFF',
  'REFUSALS_SYSTEM',
  'REFUSALS_OTHER',
  'PAYMENT_METHOD',
  'WEATHER',
  'TRAFFIC',
  'PREPARATION',
  'ROUTING',
  'DEMAND_SURGE',
  'UNKNOWN',
];

const STATUSES = ['HOLD', 'CREATED', 'PAID', 'PICKING', 'PACKED', 'SHIPPED', 'DELIVERED', 'CANCELED'];
const STAGES = ['PAYMENT', 'FULFILLMENT', 'LOGISTICS', 'SYSTEM'];
const REASONS = ['not held', 'FUL-VALID', 'FUL-FRAUD-USER', 'FUL-FRAUD-PROD', 'FUL-INV', 'EXTERNAL'];
const EVENT_TYPES = ['ORDER_CREATED', 'ORDER_UPDATED', ...STATUSES, 'HOLD_CLEARED'];
const ALERT_KINDS = ['HOLD', 'EVENT', 'PIPELINE', 'ANOMALY', 'INVENTORY', 'DELIVERY'];

export const incidentCause = () => choice('cause', 'cause', 'What was found to be behind it.', CAUSES);
export const orderStatus = () => choice('status', 'status', 'Of the order; HOLD while it is held.', STATUSES);
export const orderStage = () => choice('stage', 'stage', 'Where the order is.', STAGES);
export const holdReason = () => choice('reason', 'reason', 'Why the order is held.', REASONS);
export const eventType = () => choice('event_type', 'type', 'Type of the event.', EVENT_TYPES);
export const alertKind = () => choice('kind', 'kind', 'What the alert is about.', ALERT_KINDS);
export const alertStatus = () =>
  choice('alert_status', 'status', 'Of the alert.', ['OPEN', 'ACK', 'RETRY_REQUESTED', 'RESOLVED']);

/** One of a few values, the first at first. */
export const either = (
  name: string,
  label: string,
  description: string,
  values: readonly [string, ...string[]],
) =>
  new dashboard.CustomVariableBuilder(name)
    .label(label)
    .description(description)
    .values(values.join(','))
    .multi(false)
    .includeAll(false)
    .current({ text: values[0], value: values[0], selected: true })
    .options(values.map((value, index) => ({ text: value, value, selected: index === 0 })));
