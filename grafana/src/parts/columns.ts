import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import type { DataLink } from './links.ts';
import { type Limits, nothingIsCalm, statusMappings, steps } from './thresholds.ts';

export interface Column {
  /** The heading; the column's own name unless told. */
  readonly title?: string;
  readonly unit?: string;
  readonly width?: number;
  readonly links?: readonly DataLink[];
  /** Coloured by value. */
  readonly limits?: Limits;
  /** Coloured as a status. */
  readonly status?: boolean;
  /** Not shown; links may use it. */
  readonly hidden?: boolean;
  readonly decimals?: number;
  /** A bar in the cell. */
  readonly gauge?: boolean;
  /** What a full bar stands for; the largest number of the table unless told. */
  readonly full?: number;
}

export interface Override {
  matcher: dashboard.MatcherConfig;
  properties: dashboard.DynamicConfigValue[];
}

/** How Grafana is told about one column. */
export function override(name: string, column: Column): Override {
  const properties: dashboard.DynamicConfigValue[] = [];
  const set = (id: string, value: unknown) => void properties.push({ id, value });
  if (column.title !== undefined) set('displayName', column.title);
  if (column.unit !== undefined) set('unit', column.unit);
  if (column.decimals !== undefined) set('decimals', column.decimals);
  if (column.width !== undefined) set('custom.width', column.width);
  if (column.links !== undefined) set('links', column.links);
  if (column.hidden) {
    set('custom.hidden', true);
    set('custom.hideFrom', { viz: true, legend: true, tooltip: true });
  }
  if (column.status) {
    set('mappings', statusMappings());
    set('custom.cellOptions', { type: 'color-text' });
  }
  if (column.limits !== undefined) {
    set('thresholds', { mode: 'absolute', steps: steps(column.limits) });
    set('color', { mode: 'thresholds' });
    set('custom.cellOptions', { type: 'color-text' });
    // Nothing is not below a limit.
    if ('warnBelow' in column.limits) set('mappings', nothingIsCalm());
  }
  if (column.full !== undefined) {
    set('min', 0);
    set('max', column.full);
  }
  if (column.gauge) set('custom.cellOptions', { type: 'gauge', mode: 'basic', valueDisplayMode: 'text' });
  return { matcher: { id: 'byName', options: name }, properties };
}
