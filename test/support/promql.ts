import { parser } from '@prometheus-io/lezer-promql';

/** What is wrong with a query, where; empty when nothing is. */
export function promqlProblems(query: string): string[] {
  const problems: string[] = [];
  parser.parse(query).iterate({
    enter: (node) => {
      if (node.type.isError) problems.push(`at ${node.from}: ${query.slice(node.from, node.from + 30)}`);
    },
  });
  return problems;
}

/** Names of the metrics a query reads. */
export function metricsOf(query: string): string[] {
  const names = new Set<string>();
  parser.parse(query).iterate({
    enter: (node) => {
      if (node.name !== 'VectorSelector') return;
      const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(query.slice(node.from, node.to))?.[0];
      if (name !== undefined) names.add(name);
    },
  });
  return [...names];
}
