import { Buffer } from 'node:buffer';
import avro, { type Type } from 'avsc';
import { formatIso8601 } from '../../domain/time/iso8601.ts';

/**
 * A 64-bit number: a number where that is exact, else its digits. What Holdfast does not know of an event may be as large
 * as it likes, and is kept.
 */
const LONG = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => {
    const value = bytes.readBigInt64LE();
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  },
  toBuffer: (value: number | string) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(value));
    return bytes;
  },
  fromJSON: (value: unknown) => value,
  toJSON: (value: unknown) => value,
  isValid: (value: unknown) => Number.isSafeInteger(value) || typeof value === 'string',
  compare: (a: number | string, b: number | string) => Number(BigInt(a) - BigInt(b)),
});

/** Marks the schema of a logical type of which the number may be of any size. */
const EXACT = Symbol('exact');

/** Only read, never written. */
abstract class ReadType extends avro.types.LogicalType {
  protected override _toValue(): undefined {
    return undefined;
  }

  protected override _resolve(writer: Type): ((value: unknown) => unknown) | undefined {
    return writer.typeName === this.typeName ? (value) => value : undefined;
  }
}

/** A 64-bit number whose unit is a part of a second. */
abstract class Timestamp extends ReadType {
  constructor(schema: object, options: object) {
    super({ ...schema, [EXACT]: true } as never, options);
  }
}

class TimestampMicros extends Timestamp {
  protected override _fromValue(at: number | string): string {
    return typeof at === 'number' ? formatIso8601(at) : isoOfFarMicros(BigInt(at));
  }
}

class TimestampMillis extends Timestamp {
  protected override _fromValue(at: number | string): string {
    const micros = Number(at) * 1000;
    return Number.isSafeInteger(micros) ? formatIso8601(micros) : isoOfFarMicros(BigInt(at) * 1000n);
  }
}

/**
 * What exact microseconds do not reach, such as the year 9999 that stands for "never". Beyond that it is no ISO 8601 any
 * more, and refused by name like any other text that is none.
 */
function isoOfFarMicros(at: bigint): string {
  const micros = ((at % 1000n) + 1000n) % 1000n;
  const ms = Number((at - micros) / 1000n);
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return String(at);
  return `${date.toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}

/** More than any amount: turning a megabyte into digits takes seconds. */
const LONGEST_DECIMAL = 32;

class Decimal extends ReadType {
  private readonly scale: number;

  constructor(schema: { scale?: unknown }, options: object) {
    super(schema as never, options);
    const scale = schema.scale ?? 0;
    if (typeof scale !== 'number' || !Number.isInteger(scale) || scale < 0 || scale > 100)
      throw new Error('the scale of a decimal must be a whole number from 0 to 100');
    this.scale = scale;
  }

  /** The number that JSON would have had for the same digits. */
  protected override _fromValue(unscaled: Buffer): number | string {
    if (unscaled.length > LONGEST_DECIMAL) return `a decimal of ${unscaled.length} bytes`;
    if (unscaled.length === 0) return 0;
    const value = BigInt.asIntN(unscaled.length * 8, BigInt(`0x${unscaled.toString('hex')}`));
    return Number(`${value}e-${this.scale}`);
  }
}

/** For `Type.forSchema`: how schemas of producers are read. */
export function readingOptions(): object {
  return {
    logicalTypes: {
      'timestamp-micros': TimestampMicros,
      'timestamp-millis': TimestampMillis,
      decimal: Decimal,
    },
    // A new one for each schema: it collects the names of that.
    registry: { long: LONG },
    typeHook: (schema: unknown) => (isPlainLong(schema) ? LONG : undefined),
    omitRecordMethods: true,
  };
}

/** `{"type": "long"}`, which is the same as `"long"`; not what a logical type is made of, unless it says so. */
function isPlainLong(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  return 'type' in schema && schema.type === 'long' && (EXACT in schema || !('logicalType' in schema));
}
