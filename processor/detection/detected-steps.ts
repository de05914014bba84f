import type { Finding } from '../../domain/detection/finding.ts';
import { findingMessage } from '../../domain/series/finding-message.ts';
import type { JudgedPoint, JudgedStep } from '../../domain/series/series-monitor.ts';
import type { StepData } from '../../domain/series/step-data.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { readLearntState } from '../sequence/sql/read-learnt-state.ts';
import { upsertLearntStates } from '../sequence/sql/upsert-learnt-states.ts';
import { insertOutbox } from '../sql/insert-outbox.ts';
import { insertSeriesPoints } from './sql/insert-series-points.ts';
import { upsertFindings } from './sql/upsert-findings.ts';
import type { DetectedStep } from './step-desk.ts';

/** Rows in one statement. */
const MOST_ROWS = 5000;

const NAME = 'detection';
const RESTAURANTS = 'restaurants';

/** What was detected in the steps of a pass, until it is written: points, findings, and where restaurants are. */
export class DetectedSteps {
  private readonly restaurants = new Map<string, string>();
  private hasNewPlaces = false;
  private points: JudgedPoint[] = [];
  private findings = new Map<string, Finding>();
  private told: Finding[] = [];
  private opened: readonly Finding[] = [];
  private lasting = 0;

  /** How many findings last. */
  get open(): number {
    return this.lasting;
  }

  /** Findings that began in the steps that were written last. */
  get lastOpened(): readonly Finding[] {
    return this.opened;
  }

  async restore(connection: Connection): Promise<void> {
    const states = await readLearntState(connection, NAME);
    const restaurants = states.get(RESTAURANTS) as Record<string, string> | undefined;
    for (const [restaurant, region] of Object.entries(restaurants ?? {}))
      this.restaurants.set(restaurant, region);
  }

  add({ from, to, refusals, restaurants }: StepData, judged: JudgedStep): Omit<DetectedStep, 'methods'> {
    for (const [restaurant, region] of restaurants) {
      if (this.restaurants.get(restaurant) === region) continue;
      this.restaurants.set(restaurant, region);
      this.hasNewPlaces = true;
    }
    for (const one of judged.points) this.points.push(one);
    for (const finding of judged.findings) {
      this.findings.set(finding.findingId, finding);
      if (finding.endedAt !== null || finding.noticedAt === from) this.told.push(finding);
    }
    this.lasting = judged.open.length;
    return {
      from,
      now: to,
      open: judged.open,
      ended: judged.findings.filter(({ endedAt }) => endedAt !== null),
      deviations: (key) => judged.verdicts.get(key),
      restaurants: this.restaurants,
      refusals,
    };
  }

  /** Writes all that was added since the last call. @param now end of the last step */
  async persist(connection: Connection, now: Micros): Promise<void> {
    const { points, findings, told } = this;
    this.points = [];
    this.findings = new Map();
    this.told = [];
    this.opened = told.filter(({ endedAt }) => endedAt === null);
    for (let from = 0; from < points.length; from += MOST_ROWS)
      await insertSeriesPoints(connection, points.slice(from, from + MOST_ROWS));
    await upsertFindings(connection, [...findings.values()], now);
    await insertOutbox(
      connection,
      told.map((one) => ({ topic: 'anomalies', key: one.seriesKey, value: findingMessage(one) })),
    );
    if (!this.hasNewPlaces) return;
    this.hasNewPlaces = false;
    const states: [string, string][] = [[RESTAURANTS, JSON.stringify(Object.fromEntries(this.restaurants))]];
    await upsertLearntStates(connection, { name: NAME, states, at: now });
  }
}
