import type { Incident } from '../incidents/incident.ts';
import { kindOfKey } from '../series/catalogue.ts';
import { DAY, type Micros } from '../time/micros.ts';
import type { ActionReceiver, ActionResult, ActionRow, ActionStatus } from './action.ts';
import { bringsBack, decideActions, rateEntryOf } from './decide-actions.ts';
import { beginEffect, followStep } from './follow-up.ts';
import { NaturalRecovery, type RecoveryState } from './natural-recovery.ts';
import type { ActionPolicy } from './policy.ts';
import { RateBook, type RateEntry } from './rate-book.ts';
import { RecentSteps, type RecentStepsState } from './recent-steps.ts';
import type { Deviations } from './targets.ts';
import { lasts, steadySince, undoAction, whyOver } from './undo.ts';

/** What became of an action outside of the desk: by a person, by its receiver. */
export interface ActionStanding {
  status: ActionStatus;
  sentAt: Micros | null;
  result: ActionResult | null;
}

/** What is known when one step is over. */
export interface ResponseStep {
  /** Start of the step. */
  from: Micros;
  /** End of the step. */
  now: Micros;
  /** All incidents that are open, and those that closed in this step. One that is missing is over. */
  incidents: readonly Incident[];
  /** How the actions of {@link ActionDesk.openActions} stand; one that is missing stands as it did. */
  standings: ReadonlyMap<string, ActionStanding>;
  /** Verdict on this step of a series; undefined where it has none. */
  deviations: Deviations;
}

/** An action that is new, or has changed. A new one of status SENT is to be sent: see `webhookOf`. */
export interface ActionChange {
  row: ActionRow;
  isNew: boolean;
  /** Whether something may still become of it. */
  isOpen: boolean;
  /** Status before this step, to be compared when it is written: a person may have been faster. Null for a new one. */
  before: ActionStatus | null;
}

/** What the desk remembers besides its open actions. */
export interface DeskState {
  recovery: RecoveryState;
  recent: RecentStepsState;
}

const UNDECIDED: ReadonlySet<ActionStatus> = new Set(['PROPOSED', 'APPROVED', 'SENT']);

/** Longest window of limits and cool-downs that a policy can ask for. */
export const LONGEST_COOL_DOWN: Micros = 7 * DAY;

/**
 * Decides what is done about incidents, follows what came of it, and takes back what must not last. Knows neither clock
 * nor database: all it goes by is event time and what it is given, so the same steps give the same actions with the
 * same ids, and whoever sends them by id sends each once.
 */
export class ActionDesk {
  private readonly policy: ActionPolicy;
  private readonly receivers: ReadonlySet<ActionReceiver>;
  private readonly rows = new Map<string, ActionRow>();
  private readonly rates = new RateBook(LONGEST_COOL_DOWN);
  private readonly recovery = new NaturalRecovery();
  private readonly recent = new RecentSteps();

  /** @param receivers those that have an address; what the others would be sent is a dry run */
  constructor(policy: ActionPolicy, receivers: ReadonlySet<ActionReceiver>) {
    this.policy = policy;
    this.receivers = receivers;
  }

  /**
   * @param open actions of which something may still become
   * @param lately all that were decided on within {@link LONGEST_COOL_DOWN}
   */
  restore(open: readonly ActionRow[], lately: readonly RateEntry[], state: DeskState | null): void {
    for (const row of open) this.rows.set(row.actionId, row);
    for (const entry of lately) this.rates.note(entry);
    if (state === null) return;
    this.recovery.restore(state.recovery);
    this.recent.restore(state.recent);
  }

  state(): DeskState {
    return { recovery: this.recovery.state(), recent: this.recent.state() };
  }

  /** Actions of which something may still become, by id. */
  openActions(): ReadonlyMap<string, ActionRow> {
    return this.rows;
  }

  /** Somebody was faster: what the desk thought of these actions was not written. The next step goes on from here. */
  correct(rows: readonly ActionRow[]): void {
    for (const row of rows) this.put(row);
  }

  observe(step: ResponseStep): ActionChange[] {
    const { now } = step;
    const before = new Map(this.rows);
    const open = new Map(
      step.incidents.filter((one) => one.closedAt === null).map((one) => [one.incidentId, one]),
    );
    this.takeStandings(step.standings);
    this.rates.forgetBefore(now);
    this.endWithIncidents(step, open);
    this.expire(now);
    this.follow(step);
    this.takeBack(step);
    // Before deciding: what a series was like before is of the steps up to and with this one.
    this.recent.note(this.watched(open.values()), step.deviations);
    for (const incident of open.values()) this.decide(incident, step);
    return this.changesSince(before, step.standings, open);
  }

  private put(row: ActionRow): void {
    this.rows.set(row.actionId, row);
  }

  private takeStandings(standings: ReadonlyMap<string, ActionStanding>): void {
    for (const [actionId, standing] of standings) {
      const row = this.rows.get(actionId);
      if (row === undefined || row.status === standing.status) continue;
      const changed = { ...row, ...standing };
      this.put(changed);
      if (row.undoes === null) this.rates.note(rateEntryOf(changed));
    }
    for (const { undoes, status } of this.rows.values()) {
      const row = undoes === null || status !== 'DONE' ? undefined : this.rows.get(undoes);
      if (row !== undefined && row.status !== 'UNDONE') this.put({ ...row, status: 'UNDONE' });
    }
  }

  /** What was asked for is moot when its incident is over or has another cause, and what lasts is to be taken back. */
  private endWithIncidents({ now, incidents }: ResponseStep, open: ReadonlyMap<string, Incident>): void {
    for (const [incidentId, rows] of this.rowsByIncident()) {
      const incident = open.get(incidentId);
      const current = rows.filter((row) => row.overAt === null);
      if (incident === undefined && current.length > 0) {
        const closedAt = incidents.find((one) => one.incidentId === incidentId)?.closedAt ?? now;
        this.learn(rows, closedAt);
      }
      for (const row of current) {
        if (incident === undefined) this.end(row, now, 'its incident is over');
        else if (!this.isStillMeant(row, incident)) this.end(row, now, 'another cause was found');
      }
    }
  }

  /** The same action may be right for the other cause, too. */
  private isStillMeant({ cause, action }: ActionRow, { settledCause }: Incident): boolean {
    if (settledCause === null || settledCause === cause) return true;
    return (this.policy.causes[settledCause] ?? []).some((rule) => rule.action === action);
  }

  private rowsByIncident(): Map<string, ActionRow[]> {
    const byIncident = new Map<string, ActionRow[]>();
    for (const row of this.rows.values()) {
      if (row.incidentId === null || row.undoes !== null) continue;
      const rows = byIncident.get(row.incidentId);
      if (rows === undefined) byIncident.set(row.incidentId, [row]);
      else rows.push(row);
    }
    return byIncident;
  }

  /** An incident of which nothing was done that could have ended it shows how long it takes by itself. */
  private learn(rows: readonly ActionRow[], closedAt: Micros): void {
    const meant = rows.filter(bringsBack);
    const [first] = meant;
    if (first === undefined || first.cause === null || meant.some(mayHaveBeenDone)) return;
    this.recovery.learn(first.cause, closedAt - Math.min(...meant.map((row) => row.decidedAt)));
  }

  private end(row: ActionRow, now: Micros, reason: string): void {
    this.put({ ...row, overAt: now, ...(row.status === 'PROPOSED' && expired(reason)) });
  }

  private expire(now: Micros): void {
    for (const row of this.rows.values()) {
      const isOver = row.status === 'PROPOSED' && row.expiresAt !== null && now >= row.expiresAt;
      if (isOver) this.put({ ...row, ...expired('nobody approved it in time') });
    }
  }

  private follow(step: ResponseStep): void {
    for (const row of [...this.rows.values()]) {
      const { follows } = row.plan;
      if (follows === null || row.effect?.following === false) continue;
      if (row.effect === null && (row.status !== 'DONE' || row.overAt !== null)) continue;
      const begun = row.effect === null ? this.begin(row, follows) : row;
      const effect = begun.effect ?? row.effect;
      if (effect === null) continue;
      const kind = kindOfKey(follows);
      const verdict = step.deviations(follows);
      this.put({ ...begun, ...followStep(effect, begun.plan, kind, step, verdict, this.policy) });
    }
  }

  private begin(row: ActionRow, seriesKey: string): ActionRow {
    const others = [...this.rows.values()].filter(
      (one) => one.effect?.following === true && one.effect.seriesKey === seriesKey,
    );
    for (const other of others) this.put(together(other, row.actionId));
    const before = this.recent.of(seriesKey) ?? { ratio: null, difference: 0 };
    const effect = beginEffect(seriesKey, before, this.recovery.of(row.cause, this.policy.halfLife));
    return { ...row, effect: { ...effect, together: others.map((one) => one.actionId) } };
  }

  private takeBack({ from, now, deviations }: ResponseStep): void {
    for (const row of [...this.rows.values()].filter(lasts)) {
      const since = steadySince(row, from, deviations);
      const steady = { ...row, plan: { ...row.plan, steadySince: since } };
      const over = row.overAt ?? (whyOver(steady, now) === null ? null : now);
      const mayBeDone = row.status === 'DONE' || row.status === 'FAILED';
      const undo = over !== null && mayBeDone ? undoAction(row, now) : null;
      if (undo !== null) this.put(undo);
      if (undo !== null || since !== row.plan.steadySince || over !== row.overAt)
        this.put({ ...steady, overAt: over, undoneBy: undo?.actionId ?? null });
    }
  }

  private decide(incident: Incident, { now, deviations }: ResponseStep): void {
    const { policy, receivers, rates } = this;
    const isKnown = (actionId: string) => this.rows.has(actionId);
    for (const row of decideActions(incident, { policy, receivers, rates, now, deviations, isKnown }))
      this.put(row);
  }

  private watched(incidents: Iterable<Incident>): Set<string> {
    const keys = new Set<string>();
    for (const { seriesKeys } of incidents) for (const key of seriesKeys) keys.add(key);
    for (const { plan } of this.rows.values()) if (plan.follows !== null) keys.add(plan.follows);
    return keys;
  }

  private changesSince(
    before: ReadonlyMap<string, ActionRow>,
    standings: ReadonlyMap<string, ActionStanding>,
    open: ReadonlyMap<string, Incident>,
  ): ActionChange[] {
    const closed = new Set(
      [...this.rows.values()].filter((row) => this.isFinished(row, open)).map(({ actionId }) => actionId),
    );
    const changes = [...this.rows.values()]
      .filter((row) => before.get(row.actionId) !== row || closed.has(row.actionId))
      .map((row) => ({
        row,
        isNew: !before.has(row.actionId),
        isOpen: !closed.has(row.actionId),
        before: standings.get(row.actionId)?.status ?? before.get(row.actionId)?.status ?? null,
      }));
    for (const actionId of closed) this.rows.delete(actionId);
    return changes;
  }

  private isFinished(row: ActionRow, open: ReadonlyMap<string, Incident>): boolean {
    if (UNDECIDED.has(row.status) || row.effect?.following === true || lasts(row)) return false;
    if (row.incidentId !== null && row.undoes === null && open.has(row.incidentId)) return false;
    const undo = row.undoneBy === null ? undefined : this.rows.get(row.undoneBy);
    return undo === undefined || !UNDECIDED.has(undo.status);
  }
}

function expired(reason: string): Pick<ActionRow, 'status' | 'result'> {
  return { status: 'EXPIRED', result: { reason, status: null, attempts: 0, uncertain: false } };
}

function mayHaveBeenDone({ status, result }: ActionRow): boolean {
  return status === 'FAILED'
    ? (result?.uncertain ?? true)
    : ['APPROVED', 'SENT', 'DONE', 'UNDONE'].includes(status);
}

function together(row: ActionRow, actionId: string): ActionRow {
  const { effect } = row;
  return effect === null ? row : { ...row, effect: { ...effect, together: [...effect.together, actionId] } };
}
