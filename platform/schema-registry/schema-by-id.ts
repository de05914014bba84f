import { z } from 'zod';
import type { SchemaRegistryConfig } from '../config/schema-registry.ts';
import { askRegistry, type Patience } from './ask-registry.ts';
import { RegistryAway } from './registry-errors.ts';

export type FoundSchema = { kind: 'found'; text: string } | { kind: 'unusable'; reason: string };

const schemaAnswer = z.object({
  schema: z.string(),
  /** Avro's is often left out. */
  schemaType: z.string().optional(),
  references: z.array(z.unknown()).nullish(),
});

/** "Schema not found"; a plain 404 means that something else answers there. */
const SCHEMA_NOT_FOUND = 40403;

/**
 * The schema with an id, or why there is none that can be used.
 *
 * @throws {RegistryAway} when that cannot be told
 */
export async function schemaById(
  config: SchemaRegistryConfig,
  id: number,
  patience: Patience,
): Promise<FoundSchema> {
  const { status, body } = await askRegistry(config, { method: 'GET', path: `/schemas/ids/${id}` }, patience);
  if (status === 404 && errorCodeOf(body) === SCHEMA_NOT_FOUND)
    return { kind: 'unusable', reason: `the schema registry knows no schema ${id}` };
  const answer = schemaAnswer.safeParse(body);
  if (status !== 200 || !answer.success)
    throw new RegistryAway(
      `${config.url}/schemas/ids/${id} answers ${status}, and not as a schema registry does: check HOLDFAST_SCHEMA_REGISTRY_URL (Apicurio's has /apis/ccompat/v6 at its end)`,
    );
  const { schema, schemaType = 'AVRO', references } = answer.data;
  if (schemaType !== 'AVRO')
    return { kind: 'unusable', reason: `schema ${id} is ${schemaType}, and only AVRO is read` };
  if (references !== null && references !== undefined && references.length > 0)
    return {
      kind: 'unusable',
      reason: `schema ${id} refers to other schemas, which is not read: register it as one`,
    };
  return { kind: 'found', text: schema };
}

/** The code of Confluent's errors; undefined where there is none. */
export function errorCodeOf(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null || !('error_code' in body)) return undefined;
  return typeof body.error_code === 'number' ? body.error_code : undefined;
}
