import { randomBytes } from 'node:crypto';
import type { Config } from '../../platform/config/load.ts';

/** What the processor and the simulated platform have to agree on, as environment variables: addresses, and a key. */
export function platformSettings({ ports }: Config): Record<string, string> {
  const platform = `http://127.0.0.1:${ports.platform}`;
  const services = ['routing', 'restaurants', 'payments', 'dispatch'];
  return {
    HOLDFAST_WEBHOOK_PLATFORM_URL: `${platform}/actions`,
    HOLDFAST_WEBHOOK_OPERATIONS_URL: `${platform}/actions`,
    HOLDFAST_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('base64')}`,
    HOLDFAST_WEATHER_URL: `${platform}/weather?region={region}&at={at}`,
    HOLDFAST_TRAFFIC_URL: `${platform}/traffic?region={region}&at={at}`,
    HOLDFAST_HEALTH_URLS: services.map((name) => `${name}=${platform}/health/${name}`).join(','),
  };
}
