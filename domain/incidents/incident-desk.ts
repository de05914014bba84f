import { rankCauses } from '../causes/rank-causes.ts';
import type { Finding } from '../detection/finding.ts';
import { MINUTE, type Micros } from '../time/micros.ts';
import { belonging, isExplained } from './belonging.ts';
import { endOf, held, unassigned, updated, worstOf } from './held-findings.ts';
import type { Incident, IncidentChange, IncidentStep } from './incident.ts';
import { incidentIdOf } from './incident-id.ts';
import {
  type IncidentMemory,
  NOTHING_REMEMBERED,
  remember,
  type StepContext,
  type StoredIncident,
} from './incident-memory.ts';
import { viewOf } from './incident-view.ts';
import { narrowed, scopeOf } from './scope.ts';
import { clearest, lastWord, settle } from './settle.ts';
import { isSymptom } from './symptoms.ts';
import { changeOf } from './worth-telling.ts';

/** What follows within this time of the end of the last finding is still of the same incident. */
const QUIET_BEFORE_CLOSED: Micros = 15 * MINUTE;

interface Open {
  incident: Incident;
  memory: IncidentMemory;
}

/**
 * Sorts findings into incidents, and finds out what is behind each. A function of the steps it was shown, in their order;
 * the cost of a step grows with the incidents that are open, not with the series.
 */
export class IncidentDesk {
  private readonly open = new Map<string, Open>();
  private readonly touched = new Map<string, StoredIncident>();

  /** @param stored those with a memory are open; others are over and of no interest */
  restore(stored: readonly StoredIncident[]): void {
    this.open.clear();
    this.touched.clear();
    for (const { incident, memory } of stored)
      if (memory !== null) this.open.set(incident.incidentId, { incident, memory });
  }

  /** What has to be stored, since this was last asked for. */
  takeTouched(): StoredIncident[] {
    const touched = [...this.touched.values()];
    this.touched.clear();
    return touched;
  }

  /** All that are open, by their ids: that is the order of time. */
  incidents(): Incident[] {
    return this.inOrder().map(({ incident }) => incident);
  }

  /** The same after a restart, so that one incident is not looked at before another now, and after it then. */
  private inOrder(): Open[] {
    return [...this.open.values()].toSorted((a, b) =>
      a.incident.incidentId < b.incident.incidentId ? -1 : 1,
    );
  }

  /**
   * Takes in what a step showed.
   *
   * @returns incidents that were opened or closed, or changed in a way worth telling
   */
  observe(step: IncidentStep): IncidentChange[] {
    const context: StepContext = { ...step, restaurantsOf: byRegion(step.restaurants) };
    const before = new Map([...this.open].map(([id, { incident }]) => [id, incident]));
    this.update(step);
    for (const finding of unassigned(step, this.findingIds())) this.assign(finding, step);
    for (const one of this.inOrder()) {
      // Once all is over nothing more is learnt of it, but that it is better.
      if (endOf(one.memory.findings) === null) this.assess(one, context);
    }
    const changes: IncidentChange[] = [];
    for (const one of this.inOrder()) {
      const id = one.incident.incidentId;
      this.closeIfOver(one, step.now);
      const change = changeOf(before.get(id), one.incident);
      if (change === null) one.incident = before.get(id) ?? one.incident;
      else {
        one.incident = { ...one.incident, updatedAt: step.now };
        changes.push({ kind: change, incident: one.incident });
      }
      const isClosed = one.incident.closedAt !== null;
      this.touched.set(id, { incident: one.incident, memory: isClosed ? null : one.memory });
      if (isClosed) this.open.delete(id);
    }
    return changes;
  }

  private update(step: IncidentStep): void {
    for (const one of this.open.values()) {
      one.memory = { ...one.memory, findings: updated(one.memory.findings, step) };
      one.incident = { ...one.incident, severity: worstOf(one.memory.findings) };
    }
  }

  private findingIds(): Set<string> {
    return new Set([...this.open.values()].flatMap(({ incident }) => incident.findings));
  }

  /** To the incident that it goes with best, the latest of equals; or to a new one. A symptom waits for one. */
  private assign(finding: Finding, step: IncidentStep): void {
    let best: { to: Open; rank: number } | null = null;
    for (const one of this.inOrder()) {
      const rank = belonging(finding, one, step.restaurants);
      if (rank > 0 && (best === null || rank >= best.rank)) best = { to: one, rank };
    }
    if (best === null && isSymptom(finding)) return;
    const to = best?.to ?? this.openFor(finding);
    const findings = [...to.memory.findings, held(finding)];
    to.memory = { ...to.memory, findings };
    to.incident = {
      ...to.incident,
      openedAt: Math.min(to.incident.openedAt, finding.startedAt),
      findings: findings.map(({ findingId }) => findingId),
      seriesKeys: [...new Set(findings.map(({ seriesKey }) => seriesKey))],
      severity: worstOf(findings),
    };
  }

  private openFor(finding: Finding): Open {
    const incident: Incident = {
      incidentId: incidentIdOf(finding),
      openedAt: finding.startedAt,
      closedAt: null,
      updatedAt: finding.startedAt,
      scope: {},
      findings: [],
      seriesKeys: [],
      causes: [],
      settledCause: null,
      severity: finding.severity,
    };
    const opened = { incident, memory: NOTHING_REMEMBERED };
    this.open.set(incident.incidentId, opened);
    return opened;
  }

  /** Looks once more at what may be behind it. */
  private assess(one: Open, step: StepContext): void {
    const { seriesKeys, settledCause, causes: told } = one.incident;
    const scope = scopeOf(seriesKeys, step.restaurants);
    const memory = remember(one.memory, { seriesKeys, scope }, step);
    const restaurants = scope.region === undefined ? 0 : step.restaurantsOf(scope.region).length;
    const ranked = rankCauses(viewOf(seriesKeys, scope, memory, this.explainedBesides(one), restaurants));
    const fits =
      settledCause === null ||
      memory.findings.every(({ seriesKey, direction }) => isExplained(settledCause, seriesKey, direction));
    const named = settle(settledCause, ranked, memory.steps, fits);
    one.memory = memory;
    one.incident = {
      ...one.incident,
      scope: narrowed(scope, named, Object.values(memory.looks)),
      causes: clearest(told, ranked, named),
      settledCause: named,
    };
  }

  /** Series that deviate for a cause that is known, in other incidents. */
  private explainedBesides(one: Open): Set<string> {
    const explained = new Set<string>();
    for (const other of this.open.values()) {
      const { settledCause, seriesKeys } = other.incident;
      if (other === one || settledCause === null || settledCause === 'UNKNOWN') continue;
      for (const key of seriesKeys) explained.add(key);
    }
    return explained;
  }

  private closeIfOver(one: Open, now: Micros): void {
    const end = endOf(one.memory.findings);
    if (end === null || now - end < QUIET_BEFORE_CLOSED) return;
    const settledCause = one.incident.settledCause ?? lastWord(one.incident.causes);
    one.incident = { ...one.incident, closedAt: end, settledCause };
  }
}

/** Sorted once, when first asked for. */
function byRegion(restaurants: ReadonlyMap<string, string>): (region: string) => readonly string[] {
  let regions: Map<string, string[]> | null = null;
  return (region) => {
    if (regions === null) {
      regions = new Map();
      for (const [restaurant, its] of restaurants) {
        const those = regions.get(its);
        if (those === undefined) regions.set(its, [restaurant]);
        else those.push(restaurant);
      }
    }
    return regions.get(region) ?? [];
  };
}
