import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { isObject } from './json.ts';
import type { StandinMessage, StandinView } from './standin-types.ts';

export type JournalEntry =
  | { op: 'message'; message: StandinMessage }
  | { op: 'delete'; ts: string }
  | { op: 'archive'; channel: string; archived: boolean }
  | { op: 'home'; user_id: string; view: StandinView }
  | { op: 'reset' };

/**
 * What the stand-in must still know after a restart, one JSON object a line. A line is with the operating system before
 * the call it belongs to is answered: killing the process loses nothing that was acknowledged, a power failure may.
 */
export class Journal {
  readonly #descriptor: number;

  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Replaces what is in the file by `entries`, whole or not at all, and goes on behind them. */
  static begin(file: string, entries: readonly JournalEntry[]): Journal {
    mkdirSync(dirname(file), { recursive: true });
    const next = `${file}.next`;
    writeFileSync(next, entries.map(toLine).join(''), { mode: 0o600 });
    renameSync(next, file);
    return new Journal(openSync(file, 'a'));
  }

  append(entry: JournalEntry): void {
    writeSync(this.#descriptor, toLine(entry));
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Reads a journal; a file that is not there is an empty one. A line that a kill has torn is left out. */
export function readJournal(file: string): { entries: JournalEntry[]; unreadable: number } {
  if (!existsSync(file)) return { entries: [], unreadable: 0 };
  const entries: JournalEntry[] = [];
  let unreadable = 0;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const entry = parse(line);
    if (entry === null) unreadable += 1;
    else entries.push(entry);
  }
  return { entries, unreadable };
}

function parse(line: string): JournalEntry | null {
  try {
    const entry: unknown = JSON.parse(line);
    return isEntry(entry) ? entry : null;
  } catch {
    return null;
  }
}

function isEntry(value: unknown): value is JournalEntry {
  if (!isObject(value)) return false;
  switch (value.op) {
    case 'message':
      return isObject(value.message) && typeof value.message.ts === 'string';
    case 'delete':
      return typeof value.ts === 'string';
    case 'archive':
      return typeof value.channel === 'string' && typeof value.archived === 'boolean';
    case 'home':
      return typeof value.user_id === 'string' && isObject(value.view);
    default:
      return value.op === 'reset';
  }
}

function toLine(entry: JournalEntry): string {
  return `${JSON.stringify(entry)}\n`;
}
