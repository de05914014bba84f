import { parse } from 'csv-parse/sync';
import type { CsvRow } from './csv-row.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** A row longer than this is not one: a quote is open. */
export const MAX_ROW_BYTES = 1024 * 1024;
const MAX_ROW_LINES = 1_000;

export interface Block {
  /** Ends at the end of a line, or of the file. */
  bytes: Buffer;
  /** Line of the file on which the block begins, from 1. */
  line: number;
  /** Whether the file ends with it. */
  last: boolean;
  /** Columns of the table; 0: not known yet. */
  columns: number;
}

export interface ParsedBlock {
  rows: CsvRow[];
  /** Bytes that are done with; the rest is the beginning of a row whose end is not in the block. */
  consumed: number;
  /** Line on which that rest begins. */
  line: number;
}

interface Recordable {
  cells: string[];
  end: number;
}

/**
 * Reads the rows of a block. Where quoting is broken, the line on which the broken row begins is one row that cannot be
 * read, and reading goes on with the next line: one stray quote must not swallow what follows it.
 *
 * A row over several lines with a wrong number of columns counts as broken quoting, too: that is what an open quote
 * looks like when a later row's quote happens to close it.
 */
export function parseBlock(block: Block): ParsedBlock {
  const rows: CsvRow[] = [];
  let at = 0;
  let line = block.line;
  while (at < block.bytes.length) {
    const rest = block.bytes.subarray(at);
    const { records, failure } = parseRecords(rest);
    let done = 0;
    let broken: string | null = null;
    for (const { cells, end } of records) {
      const start = done + leadingLineEnds(rest, done, end);
      line += countLines(rest, done, start);
      const lines = countLines(rest, start, end);
      if (block.columns !== 0 && cells.length !== block.columns && lines > 1) {
        broken = `the row goes over ${lines} lines and has ${cells.length} columns, not ${block.columns}`;
        done = start;
        break;
      }
      rows.push(readable(cells, line, rest, start, end));
      line += lines;
      done = end;
    }
    broken ??= failure;
    at += done;
    if (broken === null) break;
    const remaining = block.bytes.subarray(at);
    if (!block.last && failure !== null && mayEndLater(failure, remaining)) break;
    const skipped = leadingLineEnds(remaining, 0, remaining.length);
    line += countLines(remaining, 0, skipped);
    const end = endOfLine(remaining, skipped);
    rows.push(unreadable(remaining, skipped, end, line, broken));
    line += 1;
    at += end;
  }
  return { rows, consumed: at, line };
}

interface Records {
  records: Recordable[];
  /** Why the row after them cannot be read; null when all can. */
  failure: string | null;
}

const NOT_CLOSED = 'a quote is not closed';

function parseRecords(bytes: Buffer): Records {
  const records: Recordable[] = [];
  try {
    parse(bytes, {
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], context: { bytes: number }) => {
        records.push({ cells, end: context.bytes });
        return null;
      },
    });
    return { records, failure: null };
  } catch (error) {
    return { records, failure: explain(error) };
  }
}

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'CSV_QUOTE_NOT_CLOSED') return NOT_CLOSED;
  if (code === 'CSV_INVALID_CLOSING_QUOTE') return 'a quote closes in the middle of a value';
  if (code === 'INVALID_OPENING_QUOTE') return 'a quote opens in the middle of a value';
  throw error;
}

/** Whether an open quote may be closed in the next block. */
function mayEndLater(failure: string, rest: Buffer): boolean {
  if (failure !== NOT_CLOSED || rest.length > MAX_ROW_BYTES) return false;
  return countLines(rest, 0, rest.length) <= MAX_ROW_LINES;
}

function readable(cells: string[], line: number, bytes: Buffer, start: number, end: number): CsvRow {
  return { line, cells, problem: '', raw: () => textOf(bytes, start, end) };
}

function unreadable(bytes: Buffer, start: number, end: number, line: number, problem: string): CsvRow {
  return { line, cells: null, problem, raw: () => textOf(bytes, start, end) };
}

function textOf(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf8', start, end).replace(/\r?\n$/, '');
}

/** Bytes of the empty lines before a row. */
function leadingLineEnds(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (
    at < to &&
    (bytes[at] === LINE_FEED || (bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED))
  ) {
    at++;
  }
  return at - from;
}

function endOfLine(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(LINE_FEED, from);
  return end === -1 ? bytes.length : end + 1;
}

/** Line feeds in a stretch. */
export function countLines(bytes: Buffer, from: number, to: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED, from); at !== -1 && at < to; at = bytes.indexOf(LINE_FEED, at + 1))
    lines++;
  return lines;
}
