import { join } from 'node:path';
import type { TableRow } from '../adapters/adapter.ts';
import type { CsvRow } from '../csv/csv-row.ts';
import { readCsv } from '../csv/read-csv.ts';
import type { Issue } from '../report/issue.ts';

/** The rows of a table by the names of its columns, without the header. Rows that cannot be read are reported instead. */
export async function* tableRows(
  dir: string,
  file: string,
  report: (issue: Issue) => void,
): AsyncGenerator<readonly TableRow[], void, undefined> {
  let columns: ReadonlyMap<string, number> | undefined;
  for await (const block of readCsv(join(dir, file))) {
    const rows: TableRow[] = [];
    for (const row of block) {
      if (columns === undefined) {
        columns = new Map((row.cells ?? []).map((name, index) => [name, index]));
      } else if (row.cells === null || row.cells.length !== columns.size) {
        report(unreadable(file, row, columns.size));
      } else {
        rows.push(namedRow(file, row, row.cells, columns));
      }
    }
    yield rows;
  }
}

function namedRow(
  file: string,
  row: CsvRow,
  cells: readonly string[],
  columns: ReadonlyMap<string, number>,
): TableRow {
  return {
    file,
    line: row.line,
    cell: (column) => cells[columns.get(column) ?? -1] ?? '',
    raw: row.raw,
  };
}

function unreadable(file: string, row: CsvRow, columns: number): Issue {
  const count = row.cells?.length;
  return {
    kind: count === undefined ? 'BROKEN_QUOTING' : 'WRONG_COLUMN_COUNT',
    file,
    line: row.line,
    detail: count === undefined ? row.problem : `the row has ${count} columns, the header ${columns}`,
    row: 'left out',
    raw: row.raw(),
  };
}
