import type { Variables } from './variables.ts';

/** Where weather and traffic are asked for, and whose health is looked at. */
export interface SourcesConfig {
  /** Addresses with `{region}` and, if they like, `{at}`. Null: not asked. */
  weather: string | null;
  traffic: string | null;
  /** Address by name of the service. */
  health: ReadonlyMap<string, string>;
}

export function sourcesConfig(v: Variables): SourcesConfig {
  return {
    weather: v.HOLDFAST_WEATHER_URL ?? null,
    traffic: v.HOLDFAST_TRAFFIC_URL ?? null,
    health: v.HOLDFAST_HEALTH_URLS ?? new Map(),
  };
}
