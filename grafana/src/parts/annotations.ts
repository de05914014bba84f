import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { TIMESCALEDB } from './datasources.ts';
import { sqlText } from './query.ts';

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

/** What happened, drawn into every graph. */
export const alertAnnotations = () => [
  fromDatabase('Critical alerts', 'annotations/critical-alerts', 'red', true),
  fromDatabase('Schema changes', 'annotations/schema-changes', 'blue', true),
  fromDatabase('Decisions', 'annotations/decisions', 'purple', false),
];
