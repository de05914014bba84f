/** A row of a CSV file, or what would have been one. */
export interface CsvRow {
  /** On which it begins, from 1. */
  line: number;
  /** Null: it cannot be read. */
  cells: readonly string[] | null;
  /** Why it cannot be read; empty when it can. */
  problem: string;
  /** As the file has it, without the end of its line. */
  raw(): string;
}
