import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedTimescale, startEmbeddedTimescale } from '../../stack/timescale/start.ts';
import { preparedTemplate, templateFolder } from './template.ts';

/** How long clients of these servers may be silent within a transaction, in milliseconds. */
export const IDLE_IN_TRANSACTION_MS = 700;

/** Embedded servers, folders and clients of one test file, whatever database the other tests use. */
export class EmbeddedServers {
  readonly #root: string;
  #releasers: (() => Promise<unknown>)[] = [];
  #folders = 0;

  private constructor(root: string) {
    this.#root = root;
  }

  static async create(): Promise<EmbeddedServers> {
    const root = await mkdtemp(join(tmpdir(), 'holdfast-test-embedded-'));
    const template = preparedTemplate();
    if (template?.kind === 'embedded')
      await cp(templateFolder(template.folder, false), join(root, 'empty'), { recursive: true });
    else await (await startEmbeddedTimescale({ dataDir: join(root, 'empty'), port: 0 })).stop();
    return new EmbeddedServers(root);
  }

  /** A data folder of its own, with an empty database that was closed cleanly. */
  async folder(): Promise<string> {
    this.#folders += 1;
    const folder = join(this.#root, `copy-${this.#folders}`);
    await cp(join(this.#root, 'empty'), folder, { recursive: true });
    return folder;
  }

  /** @param port 0 unless told: any free one */
  async start(dataDir: string, port = 0): Promise<EmbeddedTimescale> {
    const server = await startEmbeddedTimescale({
      dataDir,
      port,
      idleInTransactionMs: IDLE_IN_TRANSACTION_MS,
    });
    this.#releasers.push(() => server.stop());
    return server;
  }

  async client(url: string, config: pg.ClientConfig = {}): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url, ...config });
    client.on('error', () => undefined); // tests that end a connection look at what its statements say
    await client.connect();
    this.#releasers.push(() => client.end().catch(() => undefined));
    return client;
  }

  pool(url: string, max = 4): pg.Pool {
    const pool = new pg.Pool({ connectionString: url, max });
    pool.on('error', () => undefined);
    this.#releasers.push(() => pool.end());
    return pool;
  }

  /** Ends what has been started since the last time, last first. */
  async release(): Promise<void> {
    for (const release of this.#releasers.splice(0).reverse()) await release();
  }

  /** Ends everything and deletes the folders. */
  async remove(): Promise<void> {
    await this.release();
    await rm(this.#root, { recursive: true, force: true });
  }
}
