import { randomBytes } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Something to sort: compared by its key, carried by its text. Both well-formed. */
export interface Sortable {
  key: string;
  text: string;
}

const HEADER_BYTES = 8;
const WRITE_BYTES = 256 * 1024;
const READ_BYTES = 64 * 1024;

/**
 * A sorted run on disk: for each entry the lengths of key and text (32 bits each), then their UTF-8.
 *
 * The file loses its name as soon as it is open, so that nothing is left of it however the process ends.
 */
export class RunFile {
  readonly #file: FileHandle;
  #written = 0;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #position = 0;
  #buffer: Buffer = Buffer.alloc(0);
  /** The entry that is next; null at the end. */
  current: Sortable | null = null;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(dir: string): Promise<RunFile> {
    const path = join(dir, `run-${randomBytes(8).toString('hex')}`);
    const file = await open(path, 'wx+');
    await unlink(path);
    return new RunFile(file);
  }

  append({ key, text }: Sortable): Promise<void> | undefined {
    const keyBytes = Buffer.byteLength(key);
    const textBytes = Buffer.byteLength(text);
    const entry = Buffer.allocUnsafe(HEADER_BYTES + keyBytes + textBytes);
    entry.writeUInt32LE(keyBytes, 0);
    entry.writeUInt32LE(textBytes, 4);
    entry.write(key, HEADER_BYTES);
    entry.write(text, HEADER_BYTES + keyBytes);
    this.#pending.push(entry);
    this.#pendingBytes += entry.length;
    return this.#pendingBytes >= WRITE_BYTES ? this.#flush() : undefined;
  }

  /** Ends writing and reads the first entry. */
  async rewind(): Promise<void> {
    await this.#flush();
    await this.#read();
  }

  /** Moves to the next entry; a promise only where the disk has to be asked. */
  advance(): Promise<void> | undefined {
    return this.#take() ? undefined : this.#read();
  }

  async close(): Promise<void> {
    this.#pending = [];
    this.#buffer = Buffer.alloc(0);
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#written);
      done += bytesWritten;
      this.#written += bytesWritten;
    }
  }

  /** Takes the next entry out of the buffer, if all of it is there. */
  #take(): boolean {
    if (this.#buffer.length < HEADER_BYTES) return false;
    const textAt = HEADER_BYTES + this.#buffer.readUInt32LE(0);
    const end = textAt + this.#buffer.readUInt32LE(4);
    if (this.#buffer.length < end) return false;
    this.current = {
      key: this.#buffer.toString('utf8', HEADER_BYTES, textAt),
      text: this.#buffer.toString('utf8', textAt, end),
    };
    this.#buffer = this.#buffer.subarray(end);
    return true;
  }

  async #read(): Promise<void> {
    while (!this.#take()) {
      const wanted = Math.max(READ_BYTES, this.#needed());
      const chunk = Buffer.allocUnsafe(Math.min(wanted, this.#written - this.#position));
      if (chunk.length === 0) {
        this.current = null;
        return;
      }
      const { bytesRead } = await this.#file.read(chunk, 0, chunk.length, this.#position);
      if (bytesRead === 0) throw new Error('a file of sorted rows has become shorter while it was read');
      this.#position += bytesRead;
      this.#buffer = Buffer.concat([this.#buffer, chunk.subarray(0, bytesRead)]);
    }
  }

  /** Bytes of the entry that is next, as far as its lengths are known. */
  #needed(): number {
    if (this.#buffer.length < HEADER_BYTES) return HEADER_BYTES;
    return HEADER_BYTES + this.#buffer.readUInt32LE(0) + this.#buffer.readUInt32LE(4);
  }
}
