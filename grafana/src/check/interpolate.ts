/** What a panel is looked at with. */
export interface View {
  readonly from: Date;
  readonly to: Date;
  /** Milliseconds between two points, as Grafana works it out from the span and the panel's width. */
  readonly intervalMs: number;
  /** By name; several values where several are chosen. */
  readonly variables: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * The statement that Grafana would send: its macros and the board's variables put in.
 *
 * @throws when a variable is not known, or something that looks like one is left
 */
export function interpolateSql(sql: string, view: View): string {
  const from = `'${view.from.toISOString()}'`;
  const to = `'${view.to.toISOString()}'`;
  const text = sql
    .replaceAll(/\$__timeFilter\(([^()]*)\)/g, (_, column: string) => `${column} BETWEEN ${from} AND ${to}`)
    .replaceAll('$__timeFrom()', from)
    .replaceAll('$__timeTo()', to);
  return interpolateVariables(text, view);
}

/** The expression that Grafana would send. */
export function interpolatePromql(expression: string, view: View): string {
  const rate = Math.max(view.intervalMs + 15_000, 60_000);
  return interpolateVariables(
    expression
      .replaceAll('$__rate_interval', `${Math.ceil(rate / 1000)}s`)
      .replaceAll('$__range', `${Math.ceil((view.to.getTime() - view.from.getTime()) / 1000)}s`),
    view,
  );
}

function interpolateVariables(text: string, view: View): string {
  const value = (name: string): string | readonly string[] => {
    if (name === '__interval_ms') return String(view.intervalMs);
    if (name === '__interval') return `${Math.ceil(view.intervalMs / 1000)}s`;
    const found = view.variables[name];
    if (found === undefined) throw new Error(`$${name} is no variable of this board:\n${text}`);
    return found;
  };
  const filled = text
    .replaceAll(/\$\{(\w+):sqlstring\}/g, (_, name: string) => [value(name)].flat().map(quoted).join(','))
    .replaceAll(/\$\{(\w+)\}|\$([a-z_]\w*)/g, (_, braced: string | undefined, bare: string | undefined) =>
      [value(braced ?? bare ?? '')].flat().join(','),
    );
  if (/\$[{a-zA-Z_]/.test(filled)) throw new Error(`not everything was filled in:\n${filled}`);
  return filled;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
