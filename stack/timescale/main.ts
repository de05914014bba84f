/**
 * The embedded TimescaleDB as a process of its own: a statement blocks the thread it runs on.
 *
 *   node --import tsx stack/timescale/main.ts --data-dir <folder> [--port 55432] [--stop-with-stdin]
 *
 * Prints one line of JSON when it listens, {"ready":true,...}, or when it cannot, {"ready":false,"code","message"} with
 * exit status 1. SIGTERM, SIGINT and with --stop-with-stdin the end of stdin (then not SIGINT) close it cleanly (status 0);
 * a crash of the database ends it with status 70.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { keepCheckpointing } from './checkpoints.ts';
import { openCluster } from './data-folder.ts';
import { DatabaseSession } from './database-session.ts';
import { EmbeddedTimescaleError } from './errors.ts';
import { lockFolder } from './folder-lock.ts';
import { killWhenOrphaned } from './parent-watch.ts';
import { assertPortFree, WireServer } from './wire-server.ts';

const CRASHED = 70;
const ORPHAN_GRACE_MS = 5_000;
const IDLE_IN_TRANSACTION_MS = 60_000;

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: '.holdfast/timescale' },
    port: { type: 'string', default: '55432' },
    'idle-in-transaction-ms': { type: 'string', default: String(IDLE_IN_TRANSACTION_MS) },
    'stop-with-stdin': { type: 'boolean', default: false },
  },
});

try {
  await serve();
} catch (error) {
  const code = error instanceof EmbeddedTimescaleError ? error.code : 'FAILED';
  const message = error instanceof Error ? error.message : String(error);
  process.stdout.write(`${JSON.stringify({ ready: false, code, message })}\n`, () => process.exit(1));
}

async function serve(): Promise<void> {
  const dataDir = resolve(values['data-dir']);
  mkdirSync(dataDir, { recursive: true });
  const unlock = lockFolder(dataDir);
  process.once('exit', unlock);
  const wantedPort = Number(values.port);
  await assertPortFree(wantedPort); // opening the cluster takes a second, creating one four
  const session = new DatabaseSession(await openCluster(dataDir));
  const server = new WireServer({
    session,
    idleInTransactionMs: Number(values['idle-in-transaction-ms']),
    onCrash: (error) => {
      process.stderr.write(`${error.message}\n`);
      setTimeout(() => process.exit(CRASHED), 50); // the clients' last message leaves first
    },
  });
  const port = await server.listen(wantedPort);
  const stopCheckpoints = keepCheckpointing(server, session);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    stopCheckpoints();
    await server.close();
    await session.close();
    process.exit(0);
  };
  const onStop = () => {
    stop().catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
      process.exit(CRASHED);
    });
  };
  process.on('SIGTERM', onStop);
  // A terminal sends Ctrl-C to every process of the group; the one that started this knows who still needs the database.
  process.on('SIGINT', values['stop-with-stdin'] ? () => undefined : onStop);
  if (values['stop-with-stdin']) {
    process.stdin.resume();
    process.stdin.once('close', onStop);
    killWhenOrphaned(ORPHAN_GRACE_MS);
  }
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  process.stdout.write(`${JSON.stringify({ ready: true, url, port, pid: process.pid })}\n`);
}
