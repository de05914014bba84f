import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Issue, IssueKind } from './issue.ts';

const FLUSH_CHARACTERS = 64 * 1024;

export interface IssueSummary {
  /** Where they are listed; null: nowhere, there were none. */
  path: string | null;
  total: number;
  byKind: Partial<Record<IssueKind, number>>;
}

/** What was wrong with the rows of a history: a file of JSON lines, and counts. The file is made with the first issue. */
export class IssueReport {
  readonly #path: string;
  readonly #counts = new Map<IssueKind, number>();
  #file: number | null = null;
  #pending = '';

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws {Error} when the file cannot be written */
  add(issue: Issue): void {
    this.#counts.set(issue.kind, (this.#counts.get(issue.kind) ?? 0) + 1);
    this.#pending += `${JSON.stringify(issue)}\n`;
    if (this.#pending.length >= FLUSH_CHARACTERS) this.#flush();
  }

  summary(): IssueSummary {
    const kinds = [...this.#counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    const total = kinds.reduce((sum, [, count]) => sum + count, 0);
    return { path: total === 0 ? null : this.#path, total, byKind: Object.fromEntries(kinds) };
  }

  close(): void {
    this.#flush();
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #flush(): void {
    if (this.#pending === '') return;
    if (this.#file === null) {
      mkdirSync(dirname(this.#path), { recursive: true });
      this.#file = openSync(this.#path, 'w');
    }
    writeSync(this.#file, this.#pending);
    this.#pending = '';
  }
}
