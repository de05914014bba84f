import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { DAY, type Micros, YEAR_2000 } from '../../domain/time/micros.ts';
import type { Issue, IssueKind } from '../report/issue.ts';
import type { TableRow } from './adapter.ts';

/** No history is of a later time; a century of simulated days would be one broken row's doing. */
const LATEST: Micros = YEAR_2000 + 100 * 365.25 * DAY;
const SHOWN_CHARACTERS = 60;

/** Reads the cells of a row, and reports what cannot be read. Empty cells are null. */
export class RowReader {
  readonly row: TableRow;
  readonly #utcOffset: string;
  readonly #report: (issue: Issue) => void;

  constructor(row: TableRow, utcOffset: string, report: (issue: Issue) => void) {
    this.row = row;
    this.#utcOffset = utcOffset;
    this.#report = report;
  }

  text(column: string): string | null {
    const value = this.row.cell(column).trim();
    return value === '' ? null : value;
  }

  /** As it stands, with its blanks and line ends. */
  prose(column: string): string | null {
    const value = this.row.cell(column);
    return value.trim() === '' ? null : value;
  }

  /** A text without which the row is worth nothing: null has been reported. */
  key(column: string): string | null {
    const value = this.text(column);
    if (value === null) this.report('MISSING_VALUE', `${column} is empty`, 'left out');
    return value;
  }

  /** A time, naive or with an offset of its own. */
  time(column: string, row: Issue['row'] = 'used in part'): Micros | null {
    const value = this.text(column);
    if (value === null) return null;
    const at = parseIso8601(value) ?? parseIso8601(`${value}${this.#utcOffset}`);
    if (at !== null && at >= YEAR_2000 && at < LATEST) return at;
    const why = at === null ? 'is no time such as 2017-01-31 09:30:00' : 'is not between 2000 and 2100';
    this.report('BAD_TIME', `${column} ${why}: ${shown(value)}`, row);
    return null;
  }

  /** A number from `least` to `most`. */
  number(column: string, least: number, most: number, row: Issue['row'] = 'used in part'): number | null {
    const value = this.text(column);
    if (value === null) return null;
    const number = Number(value);
    if (number >= least && number <= most) return number;
    this.report('BAD_NUMBER', `${column} is no number from ${least} to ${most}: ${shown(value)}`, row);
    return null;
  }

  report(kind: IssueKind, detail: string, row: Issue['row']): void {
    const raw = row === 'published as it is' ? null : this.row.raw();
    this.#report({ kind, file: this.row.file, line: this.row.line, detail, row, raw });
  }
}

function shown(value: string): string {
  return JSON.stringify(value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}...` : value);
}
