import { join, resolve } from 'node:path';
import { projectRoot } from '../install/paths.mjs';

export type GrafanaSources = {
  /** As the configuration has it: with `sslmode=verify-full` and `sslrootcert` where TLS is on. */
  readonly databaseUrl: string;
  readonly prometheusUrl: string;
  readonly alertmanagerUrl: string;
  readonly alertbotUrl: string;
  readonly timeZone: string;
};

/**
 * Grafana's environment: our data sources and dashboards, readable by whoever reaches 127.0.0.1, and nothing sent
 * anywhere.
 *
 * @param readerPassword of the role grafana_reader; the embedded database asks for none
 */
export function grafanaSettings(
  port: number,
  dataFolder: string,
  sources: GrafanaSources,
  readerPassword: string,
): Record<string, string> {
  const database = new URL(sources.databaseUrl);
  const authorities = database.searchParams.get('sslrootcert');
  return {
    GF_SERVER_HTTP_ADDR: '127.0.0.1',
    GF_SERVER_HTTP_PORT: String(port),
    GF_SERVER_ROOT_URL: `http://127.0.0.1:${port}/`,
    GF_PATHS_DATA: join(dataFolder, 'data'),
    GF_PATHS_LOGS: join(dataFolder, 'logs'),
    GF_PATHS_PLUGINS: join(dataFolder, 'plugins'),
    GF_PATHS_PROVISIONING: join(projectRoot, 'grafana', 'provisioning'),
    GF_LOG_MODE: 'console',
    GF_DATE_FORMATS_DEFAULT_TIMEZONE: sources.timeZone,
    GF_AUTH_ANONYMOUS_ENABLED: 'true',
    GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
    GF_USERS_ALLOW_SIGN_UP: 'false',
    GF_SECURITY_DISABLE_GRAVATAR: 'true',
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
    GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
    GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
    GF_NEWS_NEWS_FEED_ENABLED: 'false',
    GF_PLUGINS_PREINSTALL_DISABLED: 'true',
    TIMESCALEDB_ADDRESS: `${database.hostname}:${database.port || '5432'}`,
    TIMESCALEDB_DATABASE: decodeURIComponent(database.pathname.slice(1)),
    TIMESCALEDB_SSLMODE: database.searchParams.get('sslmode') ?? 'disable',
    TIMESCALEDB_CA_FILE: authorities === null ? '' : resolve(authorities),
    GRAFANA_READER_PASSWORD: readerPassword,
    PROMETHEUS_URL: sources.prometheusUrl,
    ALERTMANAGER_URL: sources.alertmanagerUrl,
    // Grafana does not start when a contact point has no address. There is no mail server, so nothing is mailed.
    ALERTBOT_WEBHOOK_URL: `${sources.alertbotUrl}/webhooks/alertmanager`,
    HOLDFAST_ALERT_MAIL: 'root@localhost',
    // Their usual places; npm start brings neither.
    TEMPO_URL: 'http://127.0.0.1:3200',
    LOKI_URL: 'http://127.0.0.1:3100',
  };
}
