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
  checkDepth(text, limits.maxDepth);
  if (text.includes('\\u')) checkStorable(parsed);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Rejection('SCHEMA_INVALID', `the record is JSON but ${describe(parsed)}, not an object`);
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

/**
 * Of the text, not of what was parsed from it: of a member that occurs twice the parser keeps the last, but the
 * database reads both.
 */
function checkDepth(text: string, maxDepth: number): void {
  if (occurrences(text, '{', maxDepth) + occurrences(text, '[', maxDepth) <= maxDepth) return;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > maxDepth)
        throw new Rejection('PARSE_ERROR', `the record is nested deeper than ${maxDepth} levels`);
    }
  }
}

/** How often a character occurs, counted up to one more than `most`. */
function occurrences(text: string, character: string, most: number): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0 && count <= most; at = text.indexOf(character, at + 1))
    count += 1;
  return count;
}

/** Index of the quote that ends the string which begins at `from`, in text that is known to be JSON. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  for (; text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
  return at;
}

/** All keys and texts, without recursion. */
function checkStorable(root: unknown): void {
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const top = stack.pop();
    if (typeof top === 'string') checkText(top);
    if (typeof top !== 'object' || top === null) continue;
    for (const [key, member] of Object.entries(top) as [string, unknown][]) {
      checkText(key);
      stack.push(member);
    }
  }
}

function checkText(text: string): void {
  if (text.includes('\u0000'))
    throw new Rejection('PARSE_ERROR', 'the record contains U+0000, which cannot be stored');
  if (!text.isWellFormed()) throw new Rejection('PARSE_ERROR', 'the record contains half a surrogate pair');
}
