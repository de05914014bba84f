import { type Buffer, isUtf8 } from 'node:buffer';
import { Rejection } from './rejection.ts';

/** A JSON object as it came, and its text, which goes into the database unchanged. */
export interface JsonRecord {
  object: Record<string, unknown>;
  text: string;
}

export interface InputLimits {
  /** Largest value of a record, in bytes. */
  maxBytes: number;
  /** Deepest nesting of arrays and objects. */
  maxDepth: number;
}

export const DEFAULT_INPUT_LIMITS: InputLimits = { maxBytes: 1024 * 1024, maxDepth: 64 };

const BYTE_ORDER_MARK = 0xfeff;

/**
 * Reads the bytes of a record as one JSON object.
 *
 * @throws {Rejection} PARSE_ERROR for no value, too many bytes, invalid UTF-8, no JSON, text that PostgreSQL's jsonb
 *   cannot hold (U+0000, half a surrogate pair) or nesting beyond the limit; SCHEMA_INVALID for JSON that is no object.
 */
export function readJsonRecord(value: Buffer | null, limits: InputLimits): JsonRecord {
  if (value === null || value.length === 0) throw new Rejection('PARSE_ERROR', 'the record has no value');
  if (value.length > limits.maxBytes) {
    throw new Rejection(
      'PARSE_ERROR',
      `the record has ${value.length} bytes, the limit is ${limits.maxBytes} (HOLDFAST_MAX_RECORD_BYTES)`,
    );
  }
  if (!isUtf8(value)) throw new Rejection('PARSE_ERROR', 'the record is not valid UTF-8');
  let text = value.toString('utf8');
  if (text.charCodeAt(0) === BYTE_ORDER_MARK) text = text.slice(1);
  const parsed = parse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Rejection('SCHEMA_INVALID', `the record is JSON but ${describe(parsed)}, not an object`);
  }
  const escapes = text.includes('\\u');
  for (const key in parsed) {
    const member = (parsed as Record<string, unknown>)[key];
    if (typeof member === 'object' && member !== null) checkNested(member, limits.maxDepth, escapes);
    else if (escapes && typeof member === 'string') checkStorable(member);
    if (escapes) checkStorable(key);
  }
  return { object: parsed as Record<string, unknown>, text };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // The message of JSON.parse quotes the text it stumbled over, which may be personal; 60 characters tell enough.
    throw new Rejection(
      'PARSE_ERROR',
      `the record is not JSON: ${reason.slice(0, 60).replaceAll('\u0000', '␀').toWellFormed()}`,
    );
  }
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

function checkStorable(text: string): void {
  if (text.includes('\u0000'))
    throw new Rejection('PARSE_ERROR', 'the record contains U+0000, which cannot be stored');
  if (!text.isWellFormed()) throw new Rejection('PARSE_ERROR', 'the record contains half a surrogate pair');
}

/** Without recursion: a record of a million brackets must not end the process. */
function checkNested(root: object, maxDepth: number, escapes: boolean): void {
  const stack: { value: object; depth: number }[] = [{ value: root, depth: 2 }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.depth > maxDepth) {
      throw new Rejection('PARSE_ERROR', `the record is nested deeper than ${maxDepth} levels`);
    }
    for (const [key, member] of Object.entries(top.value) as [string, unknown][]) {
      if (escapes) checkStorable(key);
      if (typeof member === 'object' && member !== null) stack.push({ value: member, depth: top.depth + 1 });
      else if (escapes && typeof member === 'string') checkStorable(member);
    }
  }
}
