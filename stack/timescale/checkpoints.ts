import type { DatabaseSession } from './database-session.ts';
import type { WireServer } from './wire-server.ts';

const EVERY_MS = 5_000;
/** About a second of inserts at full speed; a checkpoint then takes some 35 ms. */
const BYTES_BETWEEN = 64 * 1024 * 1024;
const MS_BETWEEN = 60_000;

/**
 * Writes the checkpoints a checkpointer process would write: without them the log grows by 4 MB for every 5,000 events, and
 * a start after a crash replays all of it. Returns the function that stops it.
 */
export function keepCheckpointing(server: WireServer, session: DatabaseSession): () => void {
  let bytes = session.bytesRun;
  let at = performance.now();
  let running = false;
  const timer = setInterval(() => {
    const grown = session.bytesRun - bytes;
    const due = grown > BYTES_BETWEEN || (grown > 0 && performance.now() - at > MS_BETWEEN);
    if (!due || running) return;
    running = true;
    server
      .execute('CHECKPOINT')
      .catch(() => undefined) // a crash is reported where it is met by a client's statement
      .finally(() => {
        running = false;
        bytes = session.bytesRun;
        at = performance.now();
      });
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
