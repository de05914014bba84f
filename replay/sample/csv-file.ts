import { type FileHandle, open } from 'node:fs/promises';

export type Cell = string | number | null;

const FLUSH_CHARACTERS = 64 * 1024;

/** Writes a CSV file row by row, and knows on which line each row begins. */
export class CsvFile {
  readonly name: string;
  readonly #file: FileHandle;
  #pending = '';
  /** Line, from 1, on which the next row begins. */
  #line = 1;

  private constructor(name: string, file: FileHandle) {
    this.name = name;
    this.#file = file;
  }

  static async create(path: string, name: string, columns: readonly string[]): Promise<CsvFile> {
    const csv = new CsvFile(name, await open(path, 'w'));
    await csv.row(columns);
    return csv;
  }

  /** @returns the line on which the row begins */
  row(cells: readonly Cell[]): Promise<number> {
    return this.raw(`${cells.map(quoted).join(',')}\n`);
  }

  /** Text as it is; must end in a line feed. @returns the line on which it begins */
  async raw(text: string): Promise<number> {
    const line = this.#line;
    for (const character of text) if (character === '\n') this.#line++;
    this.#pending += text;
    if (this.#pending.length >= FLUSH_CHARACTERS) await this.#flush();
    return line;
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    await this.#file.write(this.#pending);
    this.#pending = '';
  }
}

function quoted(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
