import type { Milestone } from '../../../domain/delivery/milestone.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Connection, Database } from '../../../platform/database/database.ts';
import type { Follower } from '../../../processor/sequence/follower.ts';

/** A table of what followers were shown, written as followers write: in the transaction that moves the sequence. */
export async function createFollowedTable(database: Database): Promise<void> {
  await database.query(`CREATE TABLE IF NOT EXISTS followed (
    place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, in_time boolean NOT NULL, now bigint NOT NULL,
    milestone jsonb NOT NULL)`);
  await database.query('GRANT SELECT, INSERT ON followed TO holdfast_writer');
}

export interface Shown {
  /** How far time had been moved. */
  now: Micros;
  /** Whether it happened after what had been followed before. */
  inTime: boolean;
  milestone: Milestone;
}

/** What followers were shown, in that order. */
export async function followedMilestones(database: Database): Promise<Shown[]> {
  const { rows } = await database.query<Shown>(
    'SELECT now, in_time AS "inTime", milestone FROM followed ORDER BY place',
  );
  return rows;
}

/** Writes down what it is shown, and objects when time goes back. */
export class RecordingFollower implements Follower {
  readonly name = 'recording';
  private now: Micros = Number.NEGATIVE_INFINITY;
  /** How far time had come before this pass. */
  private passFrom: Micros = Number.NEGATIVE_INFINITY;
  private seen: Shown[] = [];

  async restore(connection: Connection): Promise<void> {
    const { rows } = await connection.query<{ at: Micros }>(
      'SELECT sequenced_to AS at FROM sequence_state WHERE isfinite(sequenced_to)',
    );
    this.passFrom = rows[0]?.at ?? Number.NEGATIVE_INFINITY;
    this.now = this.passFrom;
  }

  advance(now: Micros): void {
    if (now < this.now) throw new Error(`time went from ${this.now} to ${now}`);
    this.now = now;
  }

  observe(milestone: Milestone): void {
    const inTime = milestone.at > this.passFrom;
    this.seen.push({ now: this.now, inTime, milestone: structuredClone(milestone) });
  }

  async persist(connection: Connection): Promise<void> {
    for (const { now, inTime, milestone } of this.seen)
      await connection.query({
        text: 'INSERT INTO followed (now, in_time, milestone) VALUES ($1, $2, $3)',
        values: [now, inTime, JSON.stringify(milestone)],
      });
    this.seen = [];
    this.passFrom = this.now;
  }
}
