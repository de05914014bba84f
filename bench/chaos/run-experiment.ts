import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../../platform/config/load.ts';
import { upsertProducts } from '../../simulator/catalogue/upsert-products.ts';
import { Prng } from '../../simulator/timing/prng.ts';
import type { Experiment, Harm, Surroundings } from './experiment.ts';
import type { ExperimentResult } from './report/result.ts';
import { startLoad } from './stage/load.ts';
import { startSampler } from './stage/sampler.ts';
import { untilSettled } from './stage/settled.ts';
import { MAX_RECORD_BYTES, type Stage, startStage } from './stage/stage.ts';
import { makeTraffic, type TrafficPlan } from './stage/traffic.ts';
import { type Fault, recoveryOf } from './timeline.ts';
import { holds } from './verdict/comparison.ts';
import { judge } from './verdict/verdict.ts';

export interface RunOptions {
  seed: string;
  /** How long the load goes on. */
  seconds: number;
  /** Records a second. */
  rate: number;
  /** Each experiment has a folder of its own in it, whose logs stay. */
  out: string;
  surroundings: Surroundings;
  /** Fires when the run is to end early: what was started is stopped. */
  signal: AbortSignal;
  say(line: string): void;
}

/** The load runs for this share of its time before the harm begins. */
const CALM = 0.2;
/** Leases of a minute have to run out, and retries come late after a long outage. */
const SETTLED_WITHIN_MS = 240_000;
const WEBHOOK_EVERY_MS = 1_000;

/** Runs one experiment from an empty stage to the verdict. Never rejects: what fails is a result. */
export async function runExperiment(experiment: Experiment, options: RunOptions): Promise<ExperimentResult> {
  const { name, does } = experiment;
  const empty = { name, does, notes: [], faults: [], samples: [] };
  const obstacle = (await experiment.obstacle?.(options.surroundings)) ?? null;
  if (obstacle !== null) return { ...empty, outcome: 'skipped', reason: obstacle };
  const folder = join(options.out, name);
  await rm(folder, { recursive: true, force: true });
  const prepared = await experiment.prepare?.(options.surroundings, folder);
  try {
    const { server } = options.surroundings;
    const scene = { ...experiment.scene, ...prepared?.scene };
    const stage = await startStage({ folder, server, scene, say: options.say });
    try {
      return await Promise.race([runOn(stage, experiment, options), interrupted(options.signal)]);
    } finally {
      await stage.release().catch((error: unknown) => options.say(`not stopped cleanly: ${String(error)}`));
    }
  } catch (error) {
    return { ...empty, outcome: 'failed', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await prepared?.undo();
  }
}

async function runOn(stage: Stage, experiment: Experiment, options: RunOptions): Promise<ExperimentResult> {
  const { name, does } = experiment;
  const { seed, seconds, rate, say } = options;
  const plan: TrafficPlan = {
    ...{ seed: `${seed}/${name}`, run: 'C1', seconds, rate, maxRecordBytes: MAX_RECORD_BYTES },
    start: Date.now() + 1_000,
  };
  const made = makeTraffic(plan);
  const records = experiment.traffic?.(made.records, plan) ?? made.records;
  await upsertProducts(stage.database, made.products);
  const stopping = new AbortController();
  options.signal.addEventListener('abort', () => stopping.abort(), { once: true });
  const notes: string[] = [];
  const note = (line: string) => {
    notes.push(line);
    say(line);
  };
  const { kafka, schemaRegistry } = loadConfig(stage.settings);
  const load = startLoad({ kafka, registry: schemaRegistry, records, signal: stopping.signal, say });
  const seconds0 = () => Math.max(0, (Date.now() - plan.start) / 1_000);
  const sampler = startSampler(stage.database, load, seconds0);
  const feeding = stage.webhooks.feed(stage.database, WEBHOOK_EVERY_MS, stopping.signal);
  const faults: Fault[] = [];
  const harm: Harm = {
    ...{ stage, seconds, note },
    random: new Prng(`${seed}/${name}/harm`),
    wait: (length) => sleep(length * 1_000).then(() => undefined),
    fault: async (what, work) => {
      const from = seconds0();
      say(`${what} ...`);
      try {
        await work();
      } finally {
        faults.push({ what, from, to: seconds0() });
        say(`${what}: over after ${(seconds0() - from).toFixed(1)} s`);
      }
    },
  };
  try {
    await sleep(Math.max(0, plan.start - Date.now()) + seconds * CALM * 1_000);
    await experiment.disturb(harm);
    await load.done;
    if (load.acknowledged.length === 0) throw new Error('nothing was sent, so nothing can be said');
    const left = await untilSettled(stage, SETTLED_WITHIN_MS);
    const settledAt = seconds0();
    stopping.abort();
    await feeding;
    // Calls that were put into the outbox while the rest settled.
    const late = left === null ? await untilSettled(stage, SETTLED_WITHIN_MS) : left;
    await sampler.stop();
    const fired = await stage.prometheus?.fired();
    const verdict = await judge(stage, load);
    const ok = verdict.comparisons.every(holds);
    // Looks stop when all is settled, half a second after the last one at most.
    const settled = late === null ? [{ at: settledAt, lag: 0, unsent: 0 }] : [];
    const seen = [...sampler.samples, ...settled];
    return {
      ...{ name, does, notes, faults, verdict, records: load.acknowledged.length },
      outcome: ok && late === null ? 'ok' : 'broken',
      ...(late === null ? {} : { reason: `not settled: ${JSON.stringify(late)}` }),
      samples: sampler.samples,
      recovery: recoveryOf(seen, faults, rate),
      settledAfter: settledAt - seconds,
      alerts: await pipelineAlerts(stage),
      ...(fired === undefined ? {} : { rules: fired }),
    };
  } finally {
    stopping.abort();
    await Promise.all([sampler.stop(), feeding]);
  }
}

function interrupted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new Error('interrupted'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** What the pipeline said of itself in the table of alerts. */
async function pipelineAlerts({ database }: Stage): Promise<string[]> {
  const { rows } = await database.query<{ subject: string }>(
    `SELECT DISTINCT subject FROM alerts WHERE kind = 'PIPELINE' ORDER BY subject`,
  );
  return rows.map(({ subject }) => subject);
}
