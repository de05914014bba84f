import type { Variables } from './variables.ts';

/** Where the schemas of Avro records are, and how it knows us. */
export interface SchemaRegistryConfig {
  /** Base of the Confluent API, without a slash at its end. */
  url: string;
  /** Value of the `authorization` header; null: none is sent. */
  authorization: string | null;
}

/**
 * Null: no registry is set, and Avro records are rejected.
 *
 * @param problems receives what contradicts itself in the login
 */
export function schemaRegistryConfig(v: Variables, problems: string[]): SchemaRegistryConfig | null {
  const {
    HOLDFAST_SCHEMA_REGISTRY_URL: url,
    HOLDFAST_SCHEMA_REGISTRY_USER: user,
    HOLDFAST_SCHEMA_REGISTRY_PASSWORD: password,
    HOLDFAST_SCHEMA_REGISTRY_TOKEN: token,
  } = v;
  if (url === undefined) {
    if (user !== undefined || password !== undefined || token !== undefined)
      problems.push('HOLDFAST_SCHEMA_REGISTRY_URL is missing, a login for the schema registry needs it');
    return null;
  }
  if (user !== undefined && password === undefined)
    problems.push('HOLDFAST_SCHEMA_REGISTRY_PASSWORD is missing, HOLDFAST_SCHEMA_REGISTRY_USER needs it');
  if (user === undefined && password !== undefined)
    problems.push('HOLDFAST_SCHEMA_REGISTRY_USER is missing, HOLDFAST_SCHEMA_REGISTRY_PASSWORD needs it');
  if (user !== undefined && token !== undefined)
    problems.push(
      'HOLDFAST_SCHEMA_REGISTRY_USER and HOLDFAST_SCHEMA_REGISTRY_TOKEN exclude each other: remove one of them',
    );
  return { url: url.replace(/\/+$/, ''), authorization: authorizationOf(user, password, token) };
}

function authorizationOf(
  user: string | undefined,
  password: string | undefined,
  token: string | undefined,
): string | null {
  if (token !== undefined) return `Bearer ${token}`;
  if (user === undefined) return null;
  return `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}`;
}
