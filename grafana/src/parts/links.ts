import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';

export const TAG = 'holdfast';

/** The time range and the sources that are being looked at, for another board to go on with. */
const KEPT = '${__url_time_range}&${timescaledb:queryparam}&${prometheus:queryparam}';

export interface DataLink {
  readonly title: string;
  readonly url: string;
  readonly targetBlank?: boolean;
}

export const toBoard = (title: string, uid: string, query = ''): DataLink => ({
  title,
  url: `/d/${uid}?${query === '' ? '' : `${query}&`}${KEPT}`,
});

/** @param field the column that has the order's id */
export const toOrder = (field = 'order_id'): DataLink =>
  toBoard(
    'The order and all that is known of it',
    'holdfast-order',
    `var-order_id=\${__data.fields.${field}}`,
  );

/** @param field the column that has the seller's id */
export const toSeller = (field = 'seller_id'): DataLink =>
  toBoard('The seller', 'holdfast-sellers', `var-seller=\${__data.fields.${field}}`);

/** @param field the column that has the product's id */
export const toProduct = (field = 'product_id'): DataLink =>
  toBoard('Stock of the product', 'holdfast-inventory', `var-product=\${__data.fields.${field}}`);

/** @param field the column that has the incident's id */
export const toIncident = (field = 'incident_id'): DataLink =>
  toBoard(
    'The incident: causes, findings, actions',
    'holdfast-anomalies',
    `var-incident=\${__data.fields.${field}}`,
  );

/** @param field the column that has the key of the series */
export const toSeries = (field = 'series'): DataLink =>
  toBoard('The series, with its band', 'holdfast-anomalies', `var-series=\${__data.fields.${field}}`);

export const toEvents = (): DataLink =>
  toBoard('Its events', 'holdfast-events', 'var-order_id=${__data.fields.order_id}');

const TRACE_PANES = encodeURIComponent(
  JSON.stringify({
    trace: {
      datasource: 'holdfast-tempo',
      queries: [
        {
          refId: 'A',
          datasource: { type: 'tempo', uid: 'holdfast-tempo' },
          queryType: 'traceql',
          query: 'TRACE',
        },
      ],
    },
  }),
);

/** The trace that wrote the row, in Explore, where a trace store is. */
export const toTrace: DataLink = {
  title: 'The trace of this record',
  url: `/explore?schemaVersion=1&orgId=1&panes=${TRACE_PANES.replace('TRACE', '${__data.fields.trace_id}')}`,
  targetBlank: true,
};

export const toSlack: DataLink = {
  title: 'The thread in Slack',
  url: '${slack_url:raw}/archives/${__data.fields.channel}/p${__data.fields.slack}',
  targetBlank: true,
};

const RANGES = ['12h', '24h', '7d', '30d'] as const;

/** The same board over another span: a row of links at its top. */
export const timeLinks = (uid: string) =>
  RANGES.map((range) =>
    new dashboard.DashboardLinkBuilder(range)
      .type(dashboard.DashboardLinkType.Link)
      .icon('')
      .tooltip(`The last ${range}`)
      .url(`/d/${uid}?from=now-${range}&to=now`)
      .includeVars(true),
  );

export const boardsLink = () =>
  new dashboard.DashboardLinkBuilder('Holdfast boards')
    .type(dashboard.DashboardLinkType.Dashboards)
    .icon('apps')
    .tags([TAG])
    .asDropdown(true)
    .keepTime(true);
