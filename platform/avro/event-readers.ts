import type { SchemaRegistryConfig } from '../config/schema-registry.ts';
import type { Topic } from '../config/variables.ts';
import { messageOf } from '../errors/classify.ts';
import type { Patience } from '../schema-registry/ask-registry.ts';
import { RegistryAway } from '../schema-registry/registry-errors.ts';
import { schemaById } from '../schema-registry/schema-by-id.ts';
import { type EventReader, eventReader } from './event-reader.ts';
import { type AvroTopic, type EventSchema, readEventSchemas } from './event-schemas.ts';

/** How values of one schema are read as events of one topic, or why they are not. */
export type ReaderOrReason = { read: EventReader } | { reason: string };

/** What came of a question to the registry. */
export type LookupOutcome = 'found' | 'unusable' | 'failed';

export interface EventReadersOptions {
  /** Null: none is set. */
  registry: SchemaRegistryConfig | null;
  /** Of a value; larger ones are not read. */
  maxBytes: number;
  /** Milliseconds of a clock that only goes forward. */
  clock: () => number;
  onLookup?: (outcome: LookupOutcome) => void;
  schemas?: Readonly<Record<AvroTopic, EventSchema>>;
  patience?: Patience;
}

/** Two tries of 2 s: meanwhile one of the places for partitions in work is taken. */
const PATIENCE: Patience = { timeoutMs: 2000, attempts: 2 };

/** Readers kept; the one that was not needed for longest goes. A topic has few schemas at a time. */
const MOST_READERS = 500;

/** Questions at the same time. */
const AT_ONCE = 8;

/** An id that nobody knows is asked for again after this: whoever registers it and sends the record again gets through. */
const FORGET_UNKNOWN_AFTER_MS = 5000;

/** So long nobody asks a registry again that was just found to be away: partitions without Avro must get their turn. */
const REST_MS = 1000;

interface Kept {
  reader: ReaderOrReason;
  until: number;
}

/**
 * The readers of Avro values, by topic and id of the schema. Schemas never change under an id, so each is asked for once;
 * what came of it is kept, within bounds.
 */
export class EventReaders {
  private readonly options: EventReadersOptions;
  private readonly schemas: Readonly<Record<string, EventSchema>>;
  private readonly kept = new Map<string, Kept>();
  private readonly asked = new Map<string, Promise<ReaderOrReason>>();
  private away: { until: number; error: unknown } | null = null;

  constructor(options: EventReadersOptions) {
    this.options = options;
    this.schemas = options.schemas ?? readEventSchemas();
  }

  /**
   * Readers for these ids, each of them.
   *
   * @throws {RegistryAway} when one is not known yet and the registry cannot be asked
   */
  async readersOf(topic: Topic, ids: ReadonlySet<number>): Promise<ReadonlyMap<number, ReaderOrReason>> {
    const readers = new Map<number, ReaderOrReason>();
    const missing: number[] = [];
    for (const id of ids) {
      const reader = this.known(topic, id);
      if (reader === undefined) missing.push(id);
      else readers.set(id, reader);
    }
    for (let from = 0; from < missing.length; from += AT_ONCE) {
      const some = missing.slice(from, from + AT_ONCE);
      const found = await Promise.all(some.map((id) => this.ask(topic, id)));
      for (const [index, id] of some.entries()) readers.set(id, found[index] as ReaderOrReason);
    }
    return readers;
  }

  private known(topic: Topic, id: number): ReaderOrReason | undefined {
    if (this.options.registry === null)
      return {
        reason: `the record begins like Avro (schema ${id}), and no schema registry is set: HOLDFAST_SCHEMA_REGISTRY_URL`,
      };
    if (this.schemas[topic] === undefined)
      return { reason: `the record begins like Avro (schema ${id}), and topic ${topic} is JSON` };
    const key = `${topic} ${id}`;
    const kept = this.kept.get(key);
    if (kept === undefined) return undefined;
    this.kept.delete(key);
    if (kept.until < this.options.clock()) return undefined;
    this.kept.set(key, kept);
    return kept.reader;
  }

  /** Partitions that need the same schema at the same time ask once. */
  private ask(topic: Topic, id: number): Promise<ReaderOrReason> {
    const key = `${topic} ${id}`;
    const before = this.asked.get(key);
    if (before !== undefined) return before;
    const asking = this.lookUp(topic, id).finally(() => this.asked.delete(key));
    this.asked.set(key, asking);
    return asking;
  }

  private async lookUp(topic: Topic, id: number): Promise<ReaderOrReason> {
    const { registry, clock, onLookup, patience = PATIENCE } = this.options;
    const ours = this.schemas[topic];
    if (registry === null || ours === undefined)
      throw new Error('only known topics of a registry are looked up');
    if (this.away !== null && clock() < this.away.until) throw this.away.error;
    const found = await schemaById(registry, id, patience).catch((error: unknown) => {
      onLookup?.('failed');
      if (error instanceof RegistryAway) this.away = { until: clock() + REST_MS, error };
      throw error;
    });
    this.away = null;
    onLookup?.(found.kind);
    if (found.kind === 'unusable')
      return this.keep(topic, id, { reason: found.reason }, clock() + FORGET_UNKNOWN_AFTER_MS);
    return this.keep(topic, id, this.readerOf(ours, topic, id, found.text), Number.POSITIVE_INFINITY);
  }

  private keep(topic: Topic, id: number, reader: ReaderOrReason, until: number): ReaderOrReason {
    this.kept.set(`${topic} ${id}`, { reader, until });
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_READERS && oldest !== undefined) this.kept.delete(oldest);
    return reader;
  }

  private readerOf(ours: EventSchema, topic: Topic, id: number, text: string): ReaderOrReason {
    const { maxBytes } = this.options;
    let read: EventReader;
    try {
      read = eventReader(ours, text);
    } catch (error) {
      const reason = messageOf(error).slice(0, 500);
      return { reason: `schema ${id} cannot be read as an event of ${topic}: ${reason}` };
    }
    // Before anything is made of it that is larger still.
    return {
      read: (value) => {
        if (value.length <= maxBytes) return read(value);
        throw new Error(`it has ${value.length} bytes, the limit is ${maxBytes} (HOLDFAST_MAX_RECORD_BYTES)`);
      },
    };
  }
}
