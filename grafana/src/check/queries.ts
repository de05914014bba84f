import type { Dashboard, Panel, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';

/** A panel's query, as it is in the JSON. */
export interface PanelQuery {
  readonly board: string;
  readonly title: string;
  readonly panel: Panel;
  readonly refId: string;
  /** One of the two. */
  readonly sql: string | undefined;
  readonly promql: string | undefined;
  readonly instant: boolean;
}

interface Target {
  refId?: string;
  rawSql?: string;
  expr?: string;
  instant?: boolean;
}

export function panelsOf(dashboard: Dashboard): Panel[] {
  return (dashboard.panels ?? []).filter((panel): panel is Panel => panel.type !== 'row');
}

export function queriesOf(dashboard: Dashboard): PanelQuery[] {
  return panelsOf(dashboard).flatMap((panel) =>
    ((panel.targets ?? []) as unknown as Target[]).map((target) => ({
      board: dashboard.uid ?? '',
      title: panel.title ?? '',
      panel,
      refId: target.refId ?? '',
      sql: target.rawSql,
      promql: target.expr,
      instant: target.instant ?? false,
    })),
  );
}

export const variablesOf = (dashboard: Dashboard): VariableModel[] => dashboard.templating.list ?? [];

/**
 * What the variables of a board have at first. Those that the database has to be asked for are asked by `ask`, which gives
 * the first column.
 */
export async function initialValues(
  dashboard: Dashboard,
  ask: (sql: string) => Promise<string[]>,
): Promise<Record<string, string | readonly string[]>> {
  const values: Record<string, string | readonly string[]> = {};
  for (const variable of variablesOf(dashboard)) values[variable.name] = await initialValue(variable, ask);
  return values;
}

async function initialValue(
  variable: VariableModel,
  ask: (sql: string) => Promise<string[]>,
): Promise<string | readonly string[]> {
  if (variable.type === 'query') {
    const found = await ask(String(variable.query));
    return variable.multi ? found : (found[0] ?? '');
  }
  if (variable.type === 'custom' && variable.includeAll) return String(variable.query).split(',');
  const current = variable.current?.value ?? '';
  return typeof current === 'string' ? current : (current[0] ?? '');
}
