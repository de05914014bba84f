import { z } from 'zod';
import type { SchemaRegistryConfig } from '../config/schema-registry.ts';
import { askRegistry, type Patience, type RegistryAnswer } from './ask-registry.ts';
import { RegistryAway, SchemaRefused } from './registry-errors.ts';

export const COMPATIBILITIES = [
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
  'NONE',
] as const;

export type Compatibility = (typeof COMPATIBILITIES)[number];

const registered = z.object({ id: z.number().int().nonnegative() });

/** Somebody is asked once, and waits. */
const PATIENCE: Patience = { timeoutMs: 10_000, attempts: 4 };

/** The subject of a topic's values, by the naming that registries have unless told otherwise. */
export function subjectOf(topicName: string): string {
  return `${topicName}-value`;
}

/**
 * Makes a schema the latest of a subject, unless it is one of its schemas already. Of a new subject it chooses the
 * compatibility, too: every version reads what every other has written. Later, that is for people to change.
 *
 * @returns the id that records of the schema carry
 * @throws {SchemaRefused} naming the subject and what does not fit; {RegistryAway} when the registry cannot be asked
 */
export async function registerSchema(
  config: SchemaRegistryConfig,
  subject: string,
  schema: string,
  compatibility: Compatibility = 'FULL_TRANSITIVE',
): Promise<number> {
  const path = `/subjects/${encodeURIComponent(subject)}/versions`;
  const isNew = (await askRegistry(config, { method: 'GET', path }, PATIENCE)).status === 404;
  const answer = await askRegistry(config, { method: 'POST', path, body: { schema } }, PATIENCE);
  if (answer.status === 409)
    throw new SchemaRefused(
      `the schema is not compatible with those of subject ${subject}: ${reasonIn(answer)}`,
    );
  if (answer.status === 422)
    throw new SchemaRefused(
      `the registry takes this for no schema (subject ${subject}): ${reasonIn(answer)}`,
    );
  const { success, data } = registered.safeParse(answer.body);
  if (answer.status !== 200 || !success)
    throw new RegistryAway(`${config.url}${path} answers ${answer.status}: ${reasonIn(answer)}`);
  if (isNew) await chooseCompatibility(config, subject, compatibility);
  return data.id;
}

async function chooseCompatibility(
  config: SchemaRegistryConfig,
  subject: string,
  compatibility: Compatibility,
): Promise<void> {
  const path = `/config/${encodeURIComponent(subject)}`;
  const answer = await askRegistry(config, { method: 'PUT', path, body: { compatibility } }, PATIENCE);
  if (answer.status !== 200)
    throw new RegistryAway(`${config.url}${path} answers ${answer.status}: ${reasonIn(answer)}`);
}

/** Without what helps nobody: class names of the registry's own language, and all that comes before the causes. */
function reasonIn({ body }: RegistryAnswer): string {
  const said =
    typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : 'no reason';
  const causes = said.split(' Causes: ').at(-1) ?? said;
  return causes.replace(/^([a-z]\w*\.)+[A-Z]\w*: /, '').slice(0, 1000);
}
