import type { QueryConfig } from 'pg';
import type { Database } from '../../../platform/database/database.ts';

/** A crash: whoever was at work does nothing more. */
export class Crash extends Error {}

type Asked = string | QueryConfig;

/**
 * The same pool, but all ends at one statement: everything fails from then on.
 *
 * @param when `before`: the database never sees the statement; `after`: it does, and nobody hears of it
 */
export function crashingAt(
  database: Database,
  statement: string,
  when: 'before' | 'after',
): { database: Database; crashed(): boolean } {
  let crashed = false;
  const guarded = async <T>(asked: Asked, run: () => Promise<T>): Promise<T> => {
    const name = typeof asked === 'string' ? asked : asked.name;
    if (crashed && name !== 'ROLLBACK') throw new Crash();
    if (name !== statement) return run();
    crashed = true;
    if (when === 'after') await run();
    throw new Crash();
  };
  const wrap = <T extends object>(target: T, connects: boolean): T =>
    new Proxy(target, {
      get(of, key) {
        if (key === 'query')
          return (asked: Asked) =>
            guarded(asked, () => (of as unknown as Database).query(asked as QueryConfig));
        if (key === 'connect' && connects)
          return async () => wrap(await (of as unknown as Database).connect(), false);
        const member = Reflect.get(of, key);
        return typeof member === 'function' ? member.bind(of) : member;
      },
    });
  return { database: wrap(database, true), crashed: () => crashed };
}
