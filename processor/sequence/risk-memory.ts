import type { LatenessModel } from '../../domain/delivery/risk/lateness-model.ts';
import type { Memory } from './delivery-follower.ts';
import { readLearntState } from './sql/read-learnt-state.ts';
import { upsertLearntStates } from './sql/upsert-learnt-states.ts';

const NAME = 'lateness';

/**
 * Keeps the lateness model in `learnt_states`: of its some hundred parts, those that have changed since they were read or
 * written.
 *
 * A transaction that is rolled back leaves this ahead of the database: a follower starts anew then.
 */
export function riskMemory(model: LatenessModel): Memory {
  const written = new Map<string, string>();
  return {
    async restore(connection) {
      const parts = await readLearntState(connection, NAME);
      model.restore(Object.fromEntries(parts));
      // What is not in the database has to be written, even if it is as it was at the beginning.
      for (const [key, part] of Object.entries(model.state()))
        if (parts.has(key)) written.set(key, JSON.stringify(part));
    },
    async persist(connection) {
      if (model.now === null) return;
      const changed: [string, string][] = [];
      for (const [key, part] of Object.entries(model.state())) {
        const json = JSON.stringify(part);
        if (written.get(key) === json) continue;
        written.set(key, json);
        changed.push([key, json]);
      }
      await upsertLearntStates(connection, { name: NAME, states: changed, at: model.now });
    },
  };
}
