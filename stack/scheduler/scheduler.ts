import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Job, listJobs } from './jobs.ts';
import { type JobOutcome, nextStart, recordOutcome } from './outcome.ts';
import { type TableSizes, vacuumGrownTables } from './vacuum.ts';

const SHORTEST_WAIT_MS = 250;
/** Jobs may be added or altered while nothing is due. */
const LONGEST_WAIT_MS = 5_000;
const VACUUM_EVERY_MS = 60_000;
/** After a long job the others get as long, up to this. */
const LONGEST_PAUSE_MS = 1_000;

export interface SchedulerOptions {
  /** Of the embedded database, whose owner is a superuser. */
  readonly databaseUrl: string;
  /** One line for every failure, and for the first success after one. */
  readonly log: (line: string) => void;
  /** Milliseconds since the epoch; the wall clock unless told. */
  readonly now?: () => number;
}

export interface Scheduler {
  /** Runs every job once, due or not, parents before children. Failures are logged and returned, not thrown. */
  runAll(): Promise<readonly JobOutcome[]>;
  /** Resolves when the job in progress has ended; none is started any more. */
  stop(): Promise<void>;
}

/**
 * Does for the embedded TimescaleDB what its background workers do on a real server: runs the jobs of
 * timescaledb_information.jobs on their intervals, by their own configuration, and records how they went in job_stats.
 * Not for a real server: there the workers run.
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const now = options.now ?? Date.now;
  // One client: one statement at a time, and between two of them the database is everybody else's.
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 1 });
  pool.on('error', () => undefined); // the next statement reconnects
  const failing = new Set<number>();
  const sizes: TableSizes = new Map();
  let vacuumed = now();
  let stopped = false;
  let wake: (() => void) | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const run = async (job: Job): Promise<JobOutcome> => {
    const startedAt = now();
    const error = await runJob(pool, job);
    const outcome = { job, startedAt, finishedAt: now(), error };
    report(outcome, failing, options.log);
    await recordOutcome(pool, outcome);
    return outcome;
  };

  const runEach = async (jobs: readonly Job[], polite: boolean): Promise<JobOutcome[]> => {
    const outcomes: JobOutcome[] = [];
    for (const job of jobs) {
      if (stopped) break;
      const outcome = await run(job);
      outcomes.push(outcome);
      if (polite) await sleep(Math.min(outcome.finishedAt - outcome.startedAt, LONGEST_PAUSE_MS));
    }
    return outcomes;
  };

  /** One pass after the other, whoever asks for it. */
  const inTurn = <T>(pass: () => Promise<T>): Promise<T> => {
    const result = last.then(pass);
    last = result.catch(() => undefined);
    return result;
  };

  /** Runs what is due; returns when the next job is. */
  const pass = async (): Promise<number> => {
    const jobs = await listJobs(pool);
    const due = jobs.filter((job) => (job.nextStart ?? 0) <= now());
    const outcomes = await runEach(due, true);
    if (!stopped && now() - vacuumed >= VACUUM_EVERY_MS) {
      await vacuumGrownTables(pool, sizes);
      vacuumed = now();
    }
    const waiting = jobs.filter((job) => !due.includes(job)).map((job) => job.nextStart ?? 0);
    return Math.min(...waiting, ...outcomes.map(nextStart));
  };

  const loop = async (): Promise<void> => {
    while (!stopped) {
      let next = now();
      try {
        next = await inTurn(pass);
      } catch (error) {
        options.log(`scheduler: ${messageOf(error)}; trying again`);
        next = now() + LONGEST_WAIT_MS;
      }
      if (stopped) return;
      const wait = Math.min(Math.max(next - now(), SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wait);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const looping = loop();

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    stopped = true;
    wake?.();
    await looping;
    await last;
    await pool.end();
  };
  return {
    runAll: () => inTurn(async () => runEach(await listJobs(pool), false)),
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

async function runJob(pool: pg.Pool, job: Job): Promise<JobOutcome['error']> {
  try {
    // Without parameters, so that it goes as a simple query: a refresh commits on its way, which the extended protocol's
    // implicit transaction block does not allow everywhere.
    await pool.query(`CALL public.run_job(${Number(job.id)})`);
    return undefined;
  } catch (error) {
    const sqlstate = (error as { code?: unknown }).code;
    // Without an SQLSTATE it was not the job that failed but the connection.
    if (typeof sqlstate !== 'string' || !/^[0-9A-Z]{5}$/.test(sqlstate) || sqlstate.startsWith('57P'))
      throw error;
    return { message: messageOf(error), sqlstate };
  }
}

function report({ job, error }: JobOutcome, failing: Set<number>, log: (line: string) => void): void {
  if (error !== undefined) {
    failing.add(job.id);
    log(`scheduler: ${job.name} failed: ${error.message} (SQLSTATE ${error.sqlstate})`);
  } else if (failing.delete(job.id)) {
    log(`scheduler: ${job.name} works again`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
