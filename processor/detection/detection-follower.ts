import { setImmediate } from 'node:timers/promises';
import type { Finding } from '../../domain/detection/finding.ts';
import { SeriesMonitor } from '../../domain/series/series-monitor.ts';
import { SNAPSHOT_EVERY } from '../../domain/series/snapshot-slots.ts';
import type { StepData } from '../../domain/series/step-data.ts';
import { DAY, type Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import type { Follower } from '../sequence/follower.ts';
import { readSequencedTo } from '../sequence/sql/read-sequenced-to.ts';
import { DetectedSteps } from './detected-steps.ts';
import type { DetectionMetrics } from './detection-metrics.ts';
import { forgetAll, persistMonitor, restoreMonitor } from './monitor-memory.ts';
import { readSteps } from './read-steps.ts';
import {
  type DetectionProgress,
  readDetectionProgress,
  saveDetectionProgress,
} from './sql/detection-progress.ts';
import { moveDetectorStates } from './sql/detector-states.ts';
import { endLostFindings } from './sql/end-lost-findings.ts';
import { findFirstFact } from './sql/find-first-fact.ts';
import type { StepRange } from './sql/read-measures.ts';
import { PLATFORM_SOURCES, SOURCES } from './sql/sources.ts';
import type { StepDesk } from './step-desk.ts';

/**
 * What others follow must not wait for a backlog: a pass judges so many steps at most, an hour of them, and so many points
 * or one step. A step of 12,000 series takes a second.
 */
const MOST_STEPS = 12;
const MOST_POINTS = 12_000;

/** When nothing at all was heard for so long nobody is there: no step is judged until something is heard again. */
const QUIET_AFTER: Micros = DAY;

export interface DetectionParts {
  /** Length of a step. */
  step: Micros;
  desks: readonly StepDesk[];
  metrics: DetectionMetrics;
}

/**
 * Judges all series of the platform, step by step, as soon as event time has passed a step. Looks for nothing before the
 * first record of a restaurant, a rider or a delivery.
 *
 * Milestones reach it through the facts that are written before it in the same pass.
 */
export class DetectionFollower implements Follower {
  readonly name = 'detection';
  private readonly parts: DetectionParts;
  private readonly monitor: SeriesMonitor;
  private readonly steps: DetectedSteps;
  private progress: DetectionProgress | null = null;
  /** Up to here nothing was heard, where something is looked for. Null: from the beginning. */
  private lookedTo: Micros | null = null;
  private now: Micros | null = null;

  constructor(parts: DetectionParts) {
    this.parts = parts;
    this.monitor = new SeriesMonitor(parts.step);
    this.steps = new DetectedSteps();
  }

  async restore(connection: Connection): Promise<void> {
    this.lookedTo = await readSequencedTo(connection);
    const progress = await readDetectionProgress(connection);
    if (progress === null) return;
    this.lookedTo = null;
    const { step, desks } = this.parts;
    if (progress.step !== step) {
      await forgetAll(connection);
      this.progress = { observedTo: nextStep(progress.observedTo, step), heardTo: progress.heardTo, step };
    } else {
      this.progress = progress;
      const since = progress.observedTo - SNAPSHOT_EVERY * step;
      await restoreMonitor(connection, this.monitor, { since, observedTo: progress.observedTo });
    }
    await endLostFindings(connection, this.monitor.openFindings, progress.observedTo);
    await this.steps.restore(connection);
    for (const desk of desks) await desk.restore(connection);
  }

  advance(now: Micros): void {
    this.now = now;
  }

  observe(): void {}

  /** Whether there are steps to judge though event time does not move. */
  get isBehind(): boolean {
    if (this.progress === null || this.progress.observedTo >= this.closedTo) return false;
    return !isQuiet(this.progress) || (this.lookedTo ?? Number.NEGATIVE_INFINITY) < this.closedTo - 1;
  }

  async persist(connection: Connection): Promise<void> {
    if (this.now === null) return;
    if (this.progress === null) await this.begin(connection, this.now);
    if (this.progress !== null && this.isBehind) {
      this.progress = await this.judge(connection, this.progress);
      await saveDetectionProgress(connection, this.progress);
    }
    this.show();
  }

  /** End of the last step that is over: event time has come to `now`, inclusive. */
  private get closedTo(): Micros {
    return this.now === null ? Number.NEGATIVE_INFINITY : startOfStep(this.now + 1, this.parts.step);
  }

  /** One while nobody knows how many series there are. */
  private get stepsAtOnce(): number {
    const { size } = this.monitor;
    return size === 0 ? 1 : Math.max(1, Math.min(MOST_STEPS, Math.floor(MOST_POINTS / size)));
  }

  private async begin(connection: Connection, now: Micros): Promise<void> {
    const first = await findFirstFact(connection, PLATFORM_SOURCES, this.lookedTo, now);
    this.lookedTo = now;
    if (first === null) return;
    const { step } = this.parts;
    const observedTo = startOfStep(first, step);
    this.progress = { observedTo, heardTo: observedTo, step };
    await saveDetectionProgress(connection, this.progress);
    for (const desk of this.parts.desks) await desk.restore(connection);
  }

  private async judge(connection: Connection, progress: DetectionProgress): Promise<DetectionProgress> {
    if (isQuiet(progress)) return this.passOver(connection, progress);
    const { step } = this.parts;
    const from = progress.observedTo;
    const quietFrom = nextStep(progress.heardTo + QUIET_AFTER, step);
    const to = Math.min(this.closedTo, from + this.stepsAtOnce * step, quietFrom);
    const range = { from, to, step };
    const data = await readSteps(connection, range);
    await this.judgeSteps(connection, data, range);
    const heard = data.findLast(({ points }) => points.length > 0);
    const judged = { observedTo: to, heardTo: heard?.to ?? progress.heardTo, step };
    await persistMonitor(connection, this.monitor, { from, to, all: isQuiet(judged) });
    return judged;
  }

  /** Nobody is there: goes on with the next step in which something was heard. */
  private async passOver(connection: Connection, progress: DetectionProgress): Promise<DetectionProgress> {
    const { step } = this.parts;
    const after = Math.max(this.lookedTo ?? Number.NEGATIVE_INFINITY, progress.observedTo - 1);
    const last = this.closedTo - 1;
    const next = await findFirstFact(connection, SOURCES, after, last);
    this.lookedTo = last;
    if (next === null) return progress;
    const observedTo = startOfStep(next, step);
    await moveDetectorStates(connection, observedTo);
    return { observedTo, heardTo: observedTo, step };
  }

  private async judgeSteps(
    connection: Connection,
    data: readonly StepData[],
    range: StepRange,
  ): Promise<void> {
    const { desks, metrics } = this.parts;
    for (const one of data) {
      const judged = this.monitor.observe(one.from, one.points, one.doors);
      const step = { ...this.steps.add(one, judged), methods: this.monitor.methods };
      for (const desk of desks) {
        await desk.prepare(connection, step);
        desk.observe(step);
      }
      metrics.steps.inc();
      metrics.evaluations.inc(judged.verdicts.size);
      // Thousands of series take their time, and the group wants its heartbeats.
      await setImmediate();
    }
    await this.steps.persist(connection, range.to);
    for (const desk of desks) await desk.persist(connection, range.to);
    this.count(this.steps.lastOpened);
  }

  private count(opened: readonly Finding[]): void {
    const { metrics } = this.parts;
    for (const { seriesKey, severity } of opened)
      metrics.findings.inc({ metric: seriesKey.slice(0, seriesKey.indexOf('|')), severity });
  }

  private show(): void {
    const { metrics } = this.parts;
    metrics.series.set(this.monitor.size);
    metrics.open.set(this.steps.open);
    metrics.observedTo.set((this.progress?.observedTo ?? 0) / 1e6);
    const behind = this.progress !== null && this.isBehind ? this.closedTo - this.progress.observedTo : 0;
    metrics.behind.set(behind / 1e6);
  }
}

/** Whether nothing was heard for so long that steps are passed over. */
function isQuiet({ observedTo, heardTo }: DetectionProgress): boolean {
  return observedTo >= heardTo + QUIET_AFTER;
}

function startOfStep(at: Micros, step: Micros): Micros {
  return Math.floor(at / step) * step;
}

function nextStep(at: Micros, step: Micros): Micros {
  return Math.ceil(at / step) * step;
}
