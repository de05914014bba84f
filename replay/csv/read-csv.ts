import { open } from 'node:fs/promises';
import type { CsvRow } from './csv-row.ts';
import { MAX_ROW_BYTES, parseBlock } from './parse-block.ts';

const BLOCK_BYTES = 256 * 1024;
const LINE_FEED = 10;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Reads a CSV file (RFC 4180, UTF-8, lines ending in LF or CRLF) in blocks, so that memory does not depend on its size.
 * The first row is the header. Broken rows are told apart, and never stop the reading.
 *
 * @param blockBytes how much is read at once, at least
 * @throws {Error} when the file cannot be read
 */
export async function* readCsv(
  path: string,
  blockBytes = BLOCK_BYTES,
): AsyncGenerator<readonly CsvRow[], void, undefined> {
  const file = await open(path);
  try {
    let kept: Buffer = Buffer.alloc(0);
    let line = 1;
    let columns = 0;
    let first = true;
    for (let last = false; !last; ) {
      const chunk = Buffer.allocUnsafe(Math.max(blockBytes, kept.length));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
      last = bytesRead === 0;
      let bytes = Buffer.concat([kept, chunk.subarray(0, bytesRead)]);
      if (first && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) bytes = bytes.subarray(3);
      first = first && bytes.length < 3;
      // A line longer than any row may be is cut, so that a file without lines is not read into memory whole.
      const cut = last || bytes.length > 2 * MAX_ROW_BYTES ? bytes.length : bytes.lastIndexOf(LINE_FEED) + 1;
      const block = { bytes: bytes.subarray(0, cut), line, last, columns };
      const parsed = parseBlock(block);
      columns = columns === 0 ? (parsed.rows[0]?.cells?.length ?? 0) : columns;
      line = parsed.line;
      kept = bytes.subarray(parsed.consumed);
      if (parsed.rows.length > 0) yield parsed.rows;
    }
  } finally {
    await file.close();
  }
}
