import type { Verdict } from '../../../domain/detection/verdict.ts';
import type { Incident } from '../../../domain/incidents/incident.ts';
import type { ActionReceiver, ActionRow } from '../../../domain/response/action.ts';
import { type ActionChange, ActionDesk, type ActionStanding } from '../../../domain/response/action-desk.ts';
import { rateEntryOf } from '../../../domain/response/decide-actions.ts';
import type { ActionPolicy } from '../../../domain/response/policy.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import { NOON, STEP } from './made-up-incidents.ts';

/** A desk, and a table of its actions as the database would have it, a step at a time. */
export class DeskRun {
  now: Micros = NOON;
  /** Every action that was ever decided on, as it is now. */
  readonly table = new Map<string, { row: ActionRow; isOpen: boolean }>();
  /** Ids of what was handed over for sending, each time. */
  readonly sent: string[] = [];
  private desk: ActionDesk;
  private readonly make: () => ActionDesk;

  constructor(policy: ActionPolicy, receivers: readonly ActionReceiver[] = ['platform', 'operations']) {
    this.make = () => new ActionDesk(policy, new Set(receivers));
    this.desk = this.make();
  }

  /** One step, at the end of which these incidents are known. */
  step(incidents: readonly Incident[], verdicts: Readonly<Record<string, Verdict>> = {}): ActionChange[] {
    const from = this.now;
    this.now += STEP;
    const standings = new Map<string, ActionStanding>();
    for (const { row, isOpen } of this.table.values()) if (isOpen) standings.set(row.actionId, row);
    const deviations = (key: string) => verdicts[key];
    const changes = this.desk.observe({ from, now: this.now, incidents, standings, deviations });
    for (const { row, isNew, isOpen } of changes) {
      if (isNew && this.table.has(row.actionId)) continue;
      this.table.set(row.actionId, { row, isOpen });
      if (isNew && row.status === 'SENT') this.sent.push(row.actionId);
    }
    return changes;
  }

  /** Somebody or something outside of the desk changes an action. */
  becomes(actionId: string, status: ActionRow['status'], more: Partial<ActionRow> = {}): void {
    const one = this.table.get(actionId);
    if (one === undefined) throw new Error(`there is no action ${actionId}`);
    const sentAt = status === 'SENT' || status === 'DONE' ? (one.row.sentAt ?? this.now) : one.row.sentAt;
    this.table.set(actionId, { ...one, row: { ...one.row, status, sentAt, ...more } });
  }

  /** All that is SENT is taken by its receiver. */
  deliver(): void {
    for (const { row } of this.table.values()) if (row.status === 'SENT') this.becomes(row.actionId, 'DONE');
  }

  /** The program ends, and another one begins where the table is. */
  restart(): void {
    const rows = [...this.table.values()];
    const state = structuredClone(this.desk.state());
    this.desk = this.make();
    const lately = rows.filter(({ row }) => row.undoes === null).map(({ row }) => rateEntryOf(row));
    this.desk.restore(
      rows.filter(({ isOpen }) => isOpen).map(({ row }) => row),
      lately,
      state,
    );
  }

  rows(): ActionRow[] {
    return [...this.table.values()].map(({ row }) => row);
  }

  the(action: ActionRow['action']): ActionRow {
    const found = this.rows().filter((row) => row.action === action);
    if (found.length !== 1) throw new Error(`there are ${found.length} of ${action}`);
    return found[0] as ActionRow;
  }
}
