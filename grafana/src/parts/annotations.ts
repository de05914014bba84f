import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { PROMETHEUS, TIMESCALEDB } from './datasources.ts';
import { prom, sqlText } from './query.ts';

function fromDatabase(name: string, statement: string, colour: string, enabled: boolean) {
  const target = {
    refId: 'Anno',
    datasource: TIMESCALEDB,
    format: 'table',
    editorMode: 'code',
    rawQuery: true,
    rawSql: sqlText(statement),
    _implementsDataqueryVariant: () => undefined,
  };
  return new dashboard.AnnotationQueryBuilder()
    .name(name)
    .datasource(TIMESCALEDB)
    .enable(enabled)
    .iconColor(colour)
    .target({ build: () => target });
}

/**
 * When programs were started, and which version: a deploy is a start whose version is another. The value is the time, so
 * that a start is where it was, however far apart the points of the query are.
 */
function starts(): cog.Builder<dashboard.AnnotationQuery> {
  const expression =
    '1000 * process_start_time_seconds * on (instance, program) group_left (version) holdfast_build_info';
  const annotation = new dashboard.AnnotationQueryBuilder()
    .name('Starts and deploys')
    .datasource(PROMETHEUS)
    .enable(true)
    .iconColor('green')
    .target(prom(expression, '', { refId: 'Anno' }))
    .build();
  // Settings of the Prometheus data source, which the builder does not know.
  const shown = {
    useValueForTime: true,
    titleFormat: '{{program}} {{version}} started',
    textFormat: '{{instance}}',
    tagKeys: 'program,version',
  };
  return { build: () => ({ ...annotation, ...shown }) };
}

/** What happened, drawn into every graph. */
export const alertAnnotations = () => [
  fromDatabase('Critical alerts', 'annotations/critical-alerts', 'red', true),
  starts(),
  fromDatabase('Schema changes', 'annotations/schema-changes', 'blue', true),
  fromDatabase('Decisions', 'annotations/decisions', 'purple', false),
];
