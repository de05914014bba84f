import { existsSync, readFileSync } from 'node:fs';
import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import { PROMETHEUS, TIMESCALEDB } from './datasources.ts';

export type Query = cog.Builder<cog.Dataquery>;

const SQL = new URL('../sql/', import.meta.url);

/**
 * The text of a file in `sql/`, without the comments above its statement.
 *
 * @param name folder and file, without extension
 * @throws when there is no such file
 */
export function sqlText(name: string): string {
  const file = new URL(`${name}.sql`, SQL);
  if (!existsSync(file)) throw new Error(`grafana/src/sql/${name}.sql: no such file; a panel asks for it`);
  return readFileSync(file, 'utf8')
    .replace(/^(--.*\n|\s*\n)+/, '')
    .trimEnd();
}

/** What the table panel, and whatever does not draw time, asks of the database. */
export const table = (name: string, refId = 'A'): Query => statement(name, refId, 'table');

/** Columns: `time`, then one for each series; or `time`, `metric` (its name) and one value. */
export const series = (name: string, refId = 'A'): Query => statement(name, refId, 'time_series');

function statement(name: string, refId: string, format: 'table' | 'time_series'): Query {
  const query = {
    refId,
    datasource: TIMESCALEDB,
    format,
    editorMode: 'code',
    rawQuery: true,
    rawSql: sqlText(name),
    _implementsDataqueryVariant: () => undefined,
  };
  return { build: () => query };
}

export interface PromOptions {
  readonly refId?: string;
  /** One value, of now. */
  readonly instant?: boolean;
  /** Show traces of single observations; histograms only. */
  readonly exemplar?: boolean;
  /** Buckets as rows, for heat maps. */
  readonly heatmap?: boolean;
  readonly asTable?: boolean;
}

export function prom(expr: string, legend: string, options: PromOptions = {}): Query {
  const query = new prometheus.DataqueryBuilder()
    .refId(options.refId ?? 'A')
    .datasource(PROMETHEUS)
    .expr(expr)
    .legendFormat(legend)
    .editorMode(prometheus.QueryEditorMode.Code);
  if (options.instant) query.instant();
  else query.range();
  if (options.exemplar) query.exemplar(true);
  if (options.heatmap) query.format(prometheus.PromQueryFormat.Heatmap);
  if (options.asTable) query.format(prometheus.PromQueryFormat.Table);
  return query;
}

/** Several PromQL queries of one panel: expression and legend of each. */
export const proms = (...queries: readonly (readonly [expr: string, legend: string])[]): Query[] =>
  queries.map(([expr, legend], index) =>
    prom(expr, legend, { refId: String.fromCharCode('A'.charCodeAt(0) + index) }),
  );
