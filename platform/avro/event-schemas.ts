import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Topics with a schema of their own in `schemas/`. The others carry Holdfast's own messages, which are JSON. */
export const AVRO_TOPICS = [
  'orders',
  'payments',
  'deliveries',
  'riders',
  'restaurants',
  'inventory',
  'reviews',
] as const;

export type AvroTopic = (typeof AVRO_TOPICS)[number];

export type AvroSchema = string | AvroSchema[] | { type: AvroSchema; [attribute: string]: unknown };

export interface FieldSchema {
  name: string;
  type: AvroSchema;
  aliases?: readonly string[];
}

/** What Holdfast reads of the events of a topic. */
export interface EventSchema {
  type: 'record';
  name: string;
  namespace: string;
  fields: readonly FieldSchema[];
}

/** Fields of the records of an array; undefined for what is none. */
export function itemFields(schema: AvroSchema): readonly FieldSchema[] | undefined {
  const plain = Array.isArray(schema) ? schema.find((branch) => branch !== 'null') : schema;
  if (typeof plain !== 'object' || Array.isArray(plain) || plain.type !== 'array') return undefined;
  return (plain.items as { fields: readonly FieldSchema[] }).fields;
}

/** @throws when the folder of schemas was not deployed with the program */
export function readEventSchemas(): Readonly<Record<AvroTopic, EventSchema>> {
  const folder = schemasFolder();
  const read = (topic: AvroTopic) => [
    topic,
    JSON.parse(readFileSync(join(folder, `${topic}.avsc`), 'utf8')) as EventSchema,
  ];
  return Object.fromEntries(AVRO_TOPICS.map(read)) as Record<AvroTopic, EventSchema>;
}

/** Beside package.json: as far up from here as that is, from the sources or from dist. */
function schemasFolder(): string {
  for (let here = dirname(fileURLToPath(import.meta.url)); here !== dirname(here); here = dirname(here)) {
    const folder = join(here, 'schemas');
    if (existsSync(join(folder, 'orders.avsc'))) return folder;
  }
  throw new Error('schemas/orders.avsc was not found beside the program: deploy the folder with the package');
}
