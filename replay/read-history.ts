import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { compareCodePoints } from '../domain/text/compare.ts';
import type { Micros } from '../domain/time/micros.ts';
import type { AdapterContext, OrderHistory, SourceAdapter } from './adapters/adapter.ts';
import { olistAdapter } from './adapters/olist/olist-adapter.ts';
import type { Issue } from './report/issue.ts';
import { ExternalSort } from './sort/external-sort.ts';
import { checkTables, SourceError } from './source/check-tables.ts';
import type { Reference } from './source/reference.ts';
import { REPLAY_TOPICS, type SequencedEvent, type SourceEvent } from './source/source-event.ts';
import { tableRows } from './source/table-rows.ts';

export interface HistoryOptions {
  adapter?: SourceAdapter;
  /** Instead of the adapter's. */
  utcOffset?: string;
  /** Orders that began earlier are left out whole. */
  from?: Micros;
  /** Events at or after it are left out. */
  until?: Micros;
  /** An existing folder for what does not fit into memory; that of the system for temporary files unless told. */
  cacheDir?: string;
  /** Characters that a sort holds in memory. */
  runCharacters?: number;
  onIssue?(issue: Issue): void;
}

/** A history in files, read as often as it is asked for; what is wrong with a row is told once. */
export interface History {
  readonly adapter: SourceAdapter;
  readonly utcOffset: string;
  /** What orders refer to, whatever `from` and `until` leave out. */
  references(): AsyncIterable<Reference>;
  /** Events in the order of (at, order_id, rank). */
  events(): AsyncIterable<SequencedEvent>;
  /** Sorts the events, and tells how many there are before the first. */
  arrange(): Promise<ArrangedEvents>;
}

export interface ArrangedEvents {
  total: number;
  /** Times of the first and the last; null: there are none. */
  first: Micros | null;
  last: Micros | null;
  /** To be asked for once. */
  events: AsyncIterable<SequencedEvent>;
}

/**
 * Opens a history; memory does not depend on its size.
 *
 * @throws {SourceError} naming every file and column that is missing
 */
export async function readHistory(dir: string, options: HistoryOptions = {}): Promise<History> {
  const { adapter = olistAdapter, cacheDir = tmpdir(), runCharacters } = options;
  const utcOffset = options.utcOffset ?? adapter.utcOffset;
  await checkTables(dir, adapter);
  if ((await stat(cacheDir).catch(() => null)) === null) {
    throw new SourceError(`there is no folder ${cacheDir} to sort in: make it, or name another (--cache)`);
  }
  const told = new Set<string>();
  const sorter = () =>
    new ExternalSort({
      dir: cacheDir,
      compare: compareCodePoints,
      ...(runCharacters === undefined ? {} : { runCharacters }),
    });

  /** Tables are read several times; the first time tells. */
  const contextFor = (part: string): AdapterContext => {
    const report = told.has(part) ? () => undefined : (issue: Issue) => options.onIssue?.(issue);
    told.add(part);
    return {
      utcOffset,
      sorter,
      report,
      rows: (file) => {
        const first = !told.has(file);
        told.add(file);
        return tableRows(dir, file, first ? (issue) => options.onIssue?.(issue) : () => undefined);
      },
    };
  };

  const arrange = () => arrangeEvents(adapter.events(contextFor('events')), sorter(), options);
  return {
    adapter,
    utcOffset,
    references: () => adapter.references(contextFor('references')),
    arrange,
    async *events() {
      yield* (await arrange()).events;
    },
  };
}

const TIME_DIGITS = 17;

async function arrangeEvents(
  orders: AsyncIterable<OrderHistory>,
  byTime: ExternalSort,
  { from = 0, until = Number.POSITIVE_INFINITY }: HistoryOptions,
): Promise<ArrangedEvents> {
  let [total, first, last] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  try {
    for await (const { beganAt, events } of orders) {
      if (beganAt !== null && beganAt < from) continue;
      for (const event of events) {
        if (event.at < from || event.at >= until) continue;
        total++;
        first = Math.min(first, event.at);
        last = Math.max(last, event.at);
        await byTime.add(keyOf(event), textOf(event));
      }
    }
  } catch (error) {
    await byTime.close();
    throw error;
  }
  const known = total > 0;
  return { total, first: known ? first : null, last: known ? last : null, events: sequence(byTime) };
}

async function* sequence(byTime: ExternalSort): AsyncGenerator<SequencedEvent, void, undefined> {
  let number = 0;
  for await (const { key, text } of byTime.sorted()) {
    number++;
    yield {
      sequence: number,
      topic: REPLAY_TOPICS[Number(text[0])] ?? 'orders',
      orderId: key.slice(TIME_DIGITS, -2),
      at: Number(key.slice(0, TIME_DIGITS)),
      json: text.slice(1),
    };
  }
}

/** No time is before 1970, and none needs more digits. The id ends before one that goes on: NUL is in none. */
function keyOf({ at, orderId, rank }: SourceEvent): string {
  return `${String(at).padStart(TIME_DIGITS, '0')}${orderId}\0${rank}`;
}

function textOf({ topic, value }: SourceEvent): string {
  return `${REPLAY_TOPICS.indexOf(topic)}${JSON.stringify(value)}`;
}
