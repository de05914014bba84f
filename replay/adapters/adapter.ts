import type { Micros } from '../../domain/time/micros.ts';
import type { Issue } from '../report/issue.ts';
import type { Reference } from '../source/reference.ts';
import type { SourceEvent } from '../source/source-event.ts';

/** Columns a file must have. Others are ignored, and the order does not matter. */
export type Tables = Readonly<Record<string, readonly string[]>>;

/** A row of a table that could be read. */
export interface TableRow {
  file: string;
  /** On which it begins, from 1. */
  line: number;
  /** The text of a column; '' where it is empty. */
  cell(column: string): string;
  raw(): string;
}

/** What an adapter works with. */
export interface AdapterContext {
  /** What has to be added to the times of the files to make them UTC, as `-03:00`: for times without an offset. */
  utcOffset: string;
  /** Reads a table of the adapter's; rows that cannot be read have been reported. */
  rows(file: string): AsyncIterable<readonly TableRow[]>;
  /** Sorts by key (code points) whatever the adapter wants to join, in flat memory. */
  sorter(): Sorter;
  report(issue: Issue): void;
}

export interface Sorter {
  /** To be awaited before the next call where it returns a promise. */
  add(key: string, text: string): Promise<void> | undefined;
  sorted(): AsyncIterable<{ key: string; text: string }>;
}

/**
 * One source format. Everything else (reading in blocks, sorting by time, the clock, Kafka) is the same for all: an
 * adapter says which files it needs and what their rows mean.
 *
 * It must be a function of the files alone, for a replay that goes on after a crash maps them again.
 */
export interface SourceAdapter {
  readonly name: string;
  /** To be raised when the same files become other events: a replay that was begun by the older one is then another. */
  readonly version: number;
  /** Offset of its times from UTC unless told otherwise. */
  readonly utcOffset: string;
  readonly tables: Tables;
  /** What orders refer to. */
  references(context: AdapterContext): AsyncIterable<Reference>;
  /** Events in any order, except that those of one order come together. */
  events(context: AdapterContext): AsyncIterable<OrderHistory>;
}

/** All that happened to one order. */
export interface OrderHistory {
  orderId: string;
  /** When it began: what a replay from a later day leaves out. Null: never, it has no beginning. */
  beganAt: Micros | null;
  events: SourceEvent[];
}
