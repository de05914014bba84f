import type { ActionReceiver } from '../../domain/response/action.ts';
import {
  type ActionChange,
  ActionDesk,
  type ActionStanding,
  LONGEST_COOL_DOWN,
  type ResponseStep,
} from '../../domain/response/action-desk.ts';
import type { ActionPolicy } from '../../domain/response/policy.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { keepActions } from './keep-actions.ts';
import { loadLatelyDecided } from './sql/load-lately-decided.ts';
import { loadOpenActions } from './sql/load-open-actions.ts';
import { loadStandings } from './sql/load-standings.ts';
import { readResponseState } from './sql/read-response-state.ts';
import { saveResponseState } from './sql/save-response-state.ts';
import { updateActions } from './sql/update-actions.ts';

/** The desk with its memory in the database: decides on what is done about incidents, a step at a time. */
export class Responder {
  private readonly desk: ActionDesk;
  /** How open actions stand, until a step has taken notice of it. */
  private standings: ReadonlyMap<string, ActionStanding> = new Map();
  private changes = new Map<string, ActionChange>();
  /** What the desk remembers, as it was saved last. */
  private saved = '';

  /** @param receivers those that have an address */
  constructor(policy: ActionPolicy, receivers: Iterable<ActionReceiver>) {
    this.desk = new ActionDesk(policy, new Set(receivers));
  }

  /** Reads all it remembers. Called before anything else, once. */
  async restore(db: Queryable): Promise<void> {
    const open = await loadOpenActions(db);
    const lately = await loadLatelyDecided(db, LONGEST_COOL_DOWN);
    this.desk.restore(open, lately, await readResponseState(db));
  }

  /** Reads what people and receivers have made of open actions: in the transaction of the steps that come now. */
  async prepare(db: Queryable): Promise<void> {
    this.standings = this.desk.openActions().size === 0 ? new Map() : await loadStandings(db);
  }

  observe(step: Omit<ResponseStep, 'standings'>): void {
    for (const change of this.desk.observe({ ...step, standings: this.standings })) {
      const { isNew, before } = this.changes.get(change.row.actionId) ?? change;
      this.changes.set(change.row.actionId, { ...change, isNew, before });
    }
    this.standings = new Map();
  }

  /** Writes what has changed since the last call, and what is to be sent. */
  async persist(db: Queryable): Promise<void> {
    const changes = [...this.changes.values()];
    this.changes = new Map();
    await keepActions(
      db,
      changes.filter(({ isNew }) => isNew),
    );
    const overtaken = await updateActions(
      db,
      changes.filter(({ isNew }) => !isNew),
    );
    this.desk.correct(overtaken);
    await this.save(db);
  }

  private async save(db: Queryable): Promise<void> {
    const state = this.desk.state();
    const text = JSON.stringify(state);
    if (text === this.saved) return;
    await saveResponseState(db, state);
    this.saved = text;
  }
}
