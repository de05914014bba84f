import type { Experiment } from '../experiment.ts';

const HELD_SECONDS = 12;

export const poolExhausted: Experiment = {
  name: 'pool-exhausted',
  does: `somebody locks the orders for ${HELD_SECONDS} s, and a pool of two connections waits with everybody behind it`,
  scene: { settings: () => ({ HOLDFAST_DATABASE_POOL: '2' }) },
  disturb: async ({ stage, fault, wait }) => {
    await fault('every connection waits', async () => {
      const connection = await stage.database.connect();
      try {
        await connection.query('BEGIN');
        // On the embedded database a transaction has all of it, with or without a lock.
        await connection.query('LOCK TABLE orders, order_keys, consumer_offsets IN ACCESS EXCLUSIVE MODE');
        await wait(HELD_SECONDS);
        await connection.query('ROLLBACK');
      } finally {
        connection.release();
      }
    });
  },
};
