import type { Config } from '../../platform/config/load.ts';
import type { Link } from '../live/state.ts';
import { type DataFolders, shortPath } from './data-folders.ts';
import { httpBase } from './http-base.ts';

/** The addresses people need; `:id` stands for an order. */
export function stackLinks(config: Config, folders: DataFolders, observers: readonly Link[]): Link[] {
  const processor = httpBase(config, config.ports.processor);
  const slack = { label: 'slack', url: httpBase(config, config.ports.slackStandin) };
  return [
    ...(config.slack === null ? [slack] : []),
    ...observers,
    { label: 'database', url: withoutPassword(config.database.url) },
    { label: 'kafka', url: config.kafka.brokers.join(',') },
    { label: 'metrics', url: `${processor}/metrics` },
    { label: 'an order', url: `${processor}/api/v1/orders/:id` },
    { label: 'logs', url: shortPath(folders.logs) },
  ];
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (url.password !== '') url.password = '***';
  return url.href;
}
