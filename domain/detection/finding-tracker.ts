import type { Micros } from '../time/micros.ts';
import type { Direction, Finding } from './finding.ts';
import { StateReader, StateWriter } from './state-bytes.ts';
import type { Verdict } from './verdict.ts';

/** Steps without a deviation after which a finding is over: one that comes back sooner is the same. */
const QUIET_STEPS = 3;

interface OpenFinding {
  finding: Finding;
  quiet: number;
  lastDeviating: Micros;
}

/** Makes findings of the verdicts on one series: at most one at a time. */
export class FindingTracker {
  readonly seriesKey: string;
  private readonly step: Micros;
  private current: OpenFinding | null = null;
  /** End of the finding before. */
  private endedAt: Micros | null = null;

  constructor(seriesKey: string, step: Micros) {
    this.seriesKey = seriesKey;
    this.step = step;
  }

  /** The finding that lasts. */
  get open(): Finding | null {
    return this.current === null ? null : { ...this.current.finding };
  }

  /** The findings that this verdict opened, went on with or ended; two if one ends as another begins the other way. */
  observe(verdict: Verdict): Finding[] {
    const changed: Finding[] = [];
    if (this.current !== null) {
      this.goOn(this.current, verdict);
      changed.push({ ...this.current.finding });
      if (this.current.finding.endedAt !== null) {
        this.endedAt = this.current.finding.endedAt;
        this.current = null;
      }
    }
    if (this.current === null && verdict.anomalous) {
      this.current = this.begin(verdict);
      changed.push({ ...this.current.finding });
    }
    return changed;
  }

  encode(): Uint8Array {
    const writer = new StateWriter();
    const { seriesKey, step, current, endedAt } = this;
    writer.text(JSON.stringify({ seriesKey, step, current, endedAt }));
    return writer.finish();
  }

  /** @throws RangeError for bytes that {@link encode} did not write */
  static decode(bytes: Uint8Array): FindingTracker {
    const reader = new StateReader(bytes);
    const state = JSON.parse(reader.text()) as {
      seriesKey: string;
      step: Micros;
      current: OpenFinding | null;
      /** Missing in states that were written before it was remembered. */
      endedAt?: Micros | null;
    };
    reader.finish();
    const tracker = new FindingTracker(state.seriesKey, state.step);
    tracker.current = state.current;
    tracker.endedAt = state.endedAt ?? null;
    return tracker;
  }

  private begin(verdict: Verdict): OpenFinding {
    const windowFrom = verdict.at - (verdict.steps - 1) * this.step;
    // A long window reaches back into the finding before, even to its start, and would take its name.
    const startedAt = Math.max(windowFrom, this.endedAt ?? windowFrom);
    const known = verdict.observed !== null && verdict.expected !== null;
    return {
      quiet: 0,
      lastDeviating: verdict.at,
      finding: {
        findingId: `${this.seriesKey}@${startedAt}`,
        seriesKey: this.seriesKey,
        startedAt,
        noticedAt: verdict.at,
        endedAt: null,
        direction: directionOf(verdict),
        severity: verdict.severity ?? 'warning',
        peak: verdict,
        observed: known ? verdict.observed! : 0,
        expected: known ? verdict.expected! : 0,
        steps: known ? 1 : 0,
      },
    };
  }

  private goOn(current: OpenFinding, verdict: Verdict): void {
    const { finding } = current;
    // On its way back an episode may be beyond what is expected for a step: that is no other finding yet.
    const turned =
      verdict.anomalous &&
      verdict.steps === 1 &&
      directionOf(verdict) !== finding.direction &&
      verdict.score >= 0.5;
    if (verdict.anomalous && !turned) {
      current.quiet = 0;
      current.lastDeviating = verdict.at;
      if (Math.abs(verdict.deviation) > Math.abs(finding.peak.deviation)) finding.peak = verdict;
      if (verdict.severity === 'critical') finding.severity = 'critical';
    } else {
      current.quiet += 1;
    }
    if (turned || current.quiet >= QUIET_STEPS) {
      finding.endedAt = current.lastDeviating + this.step;
      return;
    }
    if (verdict.observed !== null && verdict.expected !== null) {
      finding.observed += verdict.observed;
      finding.expected += verdict.expected;
      finding.steps += 1;
    }
  }
}

function directionOf({ deviation }: Verdict): Direction {
  return deviation < 0 ? 'DOWN' : 'UP';
}
