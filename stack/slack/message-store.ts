import type { Changes } from './changes.ts';
import { type Directory, findChannel } from './directory.ts';
import { Journal, type JournalEntry, readJournal } from './journal.ts';
import type { StandinMessage, StandinView } from './standin-types.ts';
import { Timestamps } from './timestamps.ts';

/** Messages a restart keeps. */
const KEPT_AT_START = 5_000;
/** Messages in memory; the oldest go first. */
const KEPT_IN_MEMORY = 20_000;
/** The journal is written anew after so many lines, or updates of the same few messages would make it grow for ever. */
const LINES_BEFORE_REWRITE = 20_000;

export interface MessageStoreOptions {
  directory: Directory;
  changes: Changes;
  now: () => number;
  dataFile: string | undefined;
  onLog: (line: string) => void;
}

/** Messages, App Homes and which channels are archived: all that outlives the process, when there is a file for it. */
export class MessageStore {
  readonly timestamps: Timestamps;
  readonly homes = new Map<string, StandinView>();
  /** By ts, which is unique; inserted, and so iterated, in ascending order. */
  readonly #messages = new Map<string, StandinMessage>();
  readonly #directory: Directory;
  readonly #changes: Changes;
  readonly #dataFile: string | undefined;
  #journal: Journal | null = null;
  #lines = 0;

  constructor(options: MessageStoreOptions) {
    this.#directory = options.directory;
    this.#changes = options.changes;
    this.timestamps = new Timestamps(options.now);
    this.#dataFile = options.dataFile;
    if (options.dataFile === undefined) return;
    const { entries, unreadable } = readJournal(options.dataFile);
    for (const entry of entries) this.#apply(entry);
    if (unreadable > 0) options.onLog(`${options.dataFile}: ${unreadable} unreadable line(s) left out`);
    this.#keep(KEPT_AT_START);
    this.#rewrite(options.dataFile);
  }

  get(channel: string, ts: string): StandinMessage | undefined {
    const message = this.#messages.get(ts);
    return message?.channel === channel ? message : undefined;
  }

  /** Ascending by ts. */
  all(): StandinMessage[] {
    return [...this.#messages.values()];
  }

  ofChannel(channel: string): StandinMessage[] {
    return this.all().filter((message) => message.channel === channel);
  }

  /** Adds a message, or replaces the one with its ts. */
  put(message: StandinMessage): void {
    this.#record({ op: 'message', message });
    this.#keep(KEPT_IN_MEMORY);
  }

  remove(ts: string): void {
    this.#record({ op: 'delete', ts });
  }

  setArchived(channel: string, archived: boolean): void {
    this.#record({ op: 'archive', channel, archived });
  }

  setHome(userId: string, view: StandinView): void {
    this.#record({ op: 'home', user_id: userId, view });
  }

  reset(): void {
    this.#record({ op: 'reset' });
  }

  close(): void {
    this.#journal?.close();
  }

  #record(entry: JournalEntry): void {
    // Slack forgets ephemeral messages on reload, and so does the journal.
    if (entry.op !== 'message' || entry.message.ephemeral_to === undefined) this.#journal?.append(entry);
    this.#apply(entry);
    this.#lines += 1;
    if (this.#dataFile !== undefined && this.#lines >= LINES_BEFORE_REWRITE) this.#rewrite(this.#dataFile);
    this.#changes.changed();
  }

  #apply(entry: JournalEntry): void {
    switch (entry.op) {
      case 'message':
        this.#messages.set(entry.message.ts, entry.message);
        this.timestamps.after(entry.message.ts);
        break;
      case 'delete':
        this.#messages.delete(entry.ts);
        break;
      case 'archive': {
        const channel = findChannel(this.#directory, entry.channel);
        if (channel !== undefined) channel.is_archived = entry.archived;
        break;
      }
      case 'home':
        this.homes.set(entry.user_id, entry.view);
        break;
      case 'reset':
        this.#messages.clear();
        this.homes.clear();
        for (const channel of this.#directory.channels) channel.is_archived = false;
        break;
    }
  }

  #keep(count: number): void {
    for (const ts of this.#messages.keys()) {
      if (this.#messages.size <= count) break;
      this.#messages.delete(ts);
    }
  }

  #rewrite(dataFile: string): void {
    const before = this.#journal;
    this.#journal = Journal.begin(dataFile, this.#snapshot());
    this.#lines = 0;
    before?.close();
  }

  #snapshot(): JournalEntry[] {
    const archived = this.#directory.channels.filter((channel) => channel.is_archived);
    return [
      ...archived.map(({ id }): JournalEntry => ({ op: 'archive', channel: id, archived: true })),
      ...[...this.homes].map(([user_id, view]): JournalEntry => ({ op: 'home', user_id, view })),
      ...this.all()
        .filter(({ ephemeral_to }) => ephemeral_to === undefined)
        .map((message): JournalEntry => ({ op: 'message', message })),
    ];
  }
}
