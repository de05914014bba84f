import type { Config } from '../../platform/config/load.ts';

/** Where a program's HTTP server is reached from this machine. */
export function httpBase(config: Config, port: number): string {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
