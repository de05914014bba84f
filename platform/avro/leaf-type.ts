import avro, { type Type } from 'avsc';
import type { AvroSchema } from './event-schemas.ts';

/** What a member that is no list is in JSON. */
export type LeafKind = 'text' | 'whole' | 'number' | 'time';

interface Meaning {
  underlying: string;
  /** For messages. */
  says: string;
  /** Types of producers that mean the same in JSON. */
  reads: readonly string[];
}

const MEANINGS: Readonly<Record<LeafKind, Meaning>> = {
  text: { underlying: 'string', says: 'a text', reads: ['string', 'enum'] },
  whole: { underlying: 'int', says: 'a whole number', reads: ['int', 'long', 'abstract:long'] },
  number: {
    underlying: 'double',
    says: 'a number',
    reads: ['double', 'float', 'int', 'long', 'abstract:long', 'logical:decimal'],
  },
  time: {
    underlying: 'string',
    says: 'a time (timestamp-micros, timestamp-millis, or a text in ISO 8601)',
    reads: ['logical:timestamp-micros', 'logical:timestamp-millis', 'string'],
  },
};

/**
 * A member of an event, read from any type that means the same. More than Avro promotes by itself: an enum as its symbol, a
 * decimal as the number it is, a timestamp as ISO 8601. What is in it is for the decoder of the topic to judge, as in JSON.
 */
export class LeafType extends avro.types.LogicalType {
  readonly #meaning: Meaning;

  static of(kind: LeafKind): LeafType {
    return new LeafType(MEANINGS[kind]);
  }

  constructor(meaning: Meaning) {
    super({ type: meaning.underlying } as never);
    this.#meaning = meaning;
  }

  get says(): string {
    return this.#meaning.says;
  }

  reads(writer: Type): boolean {
    return this.#meaning.reads.includes(writer.typeName);
  }

  protected override _resolve(writer: Type): ((value: unknown) => unknown) | undefined {
    return this.reads(writer) ? (value) => value : undefined;
  }

  protected override _fromValue(value: unknown): unknown {
    return value;
  }

  protected override _toValue(): undefined {
    return undefined;
  }
}

/** @throws for a type that none of our schemas has */
export function leafKindOf(schema: AvroSchema): LeafKind {
  const plain = Array.isArray(schema) ? schema.find((branch) => branch !== 'null') : schema;
  if (plain === 'string') return 'text';
  if (plain === 'int') return 'whole';
  if (plain === 'double') return 'number';
  if (typeof plain === 'object' && !Array.isArray(plain) && plain.logicalType === 'timestamp-micros')
    return 'time';
  throw new Error(`a schema of Holdfast has a member of type ${JSON.stringify(plain)}`);
}
