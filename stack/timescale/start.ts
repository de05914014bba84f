import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { EmbeddedTimescaleError, type StartFailureCode } from './errors.ts';

/** Creating a new cluster takes 4 s on two idle cores. */
const START_MS = 90_000;
const STOP_MS = 10_000;

export interface StartEmbeddedTimescaleOptions {
  /** Created when missing; holds the cluster and the lock file. */
  readonly dataDir: string;
  /** On 127.0.0.1; 0 lets the system choose. */
  readonly port: number;
  /** Lines the server writes to stderr: crashes, warnings. */
  readonly onLog?: (line: string) => void;
  /** Milliseconds a client may be silent in a transaction before it is disconnected; 60,000 unless told. */
  readonly idleInTransactionMs?: number;
}

export interface EmbeddedTimescale {
  /** postgres://postgres@127.0.0.1:<port>/postgres */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Closes the database cleanly (by force after 10 s); may be called more than once. */
  stop(): Promise<void>;
  /** The exit status when the process has ended for whatever reason; null when a signal ended it, 70 after a crash. */
  readonly exited: Promise<number | null>;
}

/**
 * Starts the embedded TimescaleDB as a child process, which ends with this process even when that is killed.
 * @throws {EmbeddedTimescaleError} when it does not come up; the message says what to do
 */
export async function startEmbeddedTimescale(
  options: StartEmbeddedTimescaleOptions,
): Promise<EmbeddedTimescale> {
  const child = spawn(
    process.execPath,
    [
      ...['--import', import.meta.resolve('tsx')],
      fileURLToPath(new URL('./main.ts', import.meta.url)),
      ...['--data-dir', options.dataDir, '--port', String(options.port), '--stop-with-stdin'],
      ...(options.idleInTransactionMs === undefined
        ? []
        : ['--idle-in-transaction-ms', String(options.idleInTransactionMs)]),
    ],
    // The pipe to stdin is never written to: it closes when this process ends, and the child with it.
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  const log: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.push(line);
    if (log.length > 20) log.shift();
    options.onLog?.(line);
  });
  let ready: ReadyLine;
  try {
    ready = await readyLine(child, exited, log);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  let stopping: Promise<void> | undefined;
  return {
    url: ready.url,
    port: ready.port,
    pid: ready.pid,
    exited,
    stop: () => {
      stopping ??= stopChild(child, exited);
      return stopping;
    },
  };
}

interface ReadyLine {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
}

async function readyLine(
  child: ChildProcess,
  exited: Promise<number | null>,
  log: string[],
): Promise<ReadyLine> {
  const line = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', resolve);
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(failed(`was not ready after ${START_MS / 1000} s`, log)), START_MS);
  });
  const ended = exited.then(async (code) => {
    const last = await Promise.race([
      line,
      new Promise<undefined>((resolve) => setImmediate(resolve, undefined)),
    ]);
    if (last !== undefined) return last;
    throw failed(`ended with status ${code} before it was ready`, log);
  });
  try {
    const answer = JSON.parse(await Promise.race([line, ended, late])) as
      | ({ ready: true } & ReadyLine)
      | { ready: false; code: StartFailureCode; message: string };
    if (!answer.ready) throw new EmbeddedTimescaleError(answer.code, answer.message);
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

function failed(what: string, log: string[]): EmbeddedTimescaleError {
  return new EmbeddedTimescaleError('FAILED', [`The embedded TimescaleDB ${what}.`, ...log].join('\n'));
}

async function stopChild(child: ChildProcess, exited: Promise<number | null>): Promise<void> {
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(force);
}
