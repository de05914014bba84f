import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { TIMESCALEDB } from './datasources.ts';
import { sqlText } from './query.ts';

const hidden = (name: string, label: string, description: string, statement: string) =>
  new dashboard.QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(TIMESCALEDB)
    .query(sqlText(statement))
    .refresh(dashboard.VariableRefresh.OnTimeRangeChanged)
    .hide(dashboard.VariableHide.HideVariable)
    .multi(false)
    .includeAll(false);

/** From when to when there are orders, whatever the clock says; and how far what is learnt of them has come. */
export const historyVariables = () => [
  hidden('history_from', 'history from', 'When the first order began.', 'variables/history-from'),
  hidden('history_to', 'history to', 'When the last thing happened to an order.', 'variables/history-to'),
  hidden(
    'followed',
    'followed up to',
    'Event time up to which orders have been followed.',
    'variables/followed',
  ),
];

/** The board over all there is: what was replayed lies years back. */
export const historyLink = (uid: string) =>
  new dashboard.DashboardLinkBuilder('The whole history')
    .type(dashboard.DashboardLinkType.Link)
    .icon('')
    .tooltip('From the first order to the last event, as replayed')
    .url(`/d/${uid}?from=\${history_from}&to=\${history_to}`)
    .includeVars(true);

/** A title that says up to when, in event time, what it shows has been learnt. */
export const asOf = (title: string): string => `${title} (as of $followed)`;
