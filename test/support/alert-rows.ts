import type pg from 'pg';

/** When the holds and alerts of {@link AlertRows} were opened. */
export const OPENED_AT = '2026-03-01T00:00:00Z';

/** Writes alerts as the processor would, and reads what became of them. */
export class AlertRows {
  private last = 0;
  private readonly pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  /** An alert of an open hold of an order of its own. @returns its id */
  async held(reason = 'FUL-VALID', groupKey = ''): Promise<number> {
    this.last += 1;
    const orderId = `order-${this.last}`;
    const hold = await this.pool.query<{ hold_id: string }>(
      `INSERT INTO holds (order_id, reason_code, evidence, opened_at)
       VALUES ($1, $2, '{"problems": ["user_id is missing"]}', $3) RETURNING hold_id`,
      [orderId, reason, OPENED_AT],
    );
    return this.insert('HOLD', { orderId, holdId: hold.rows[0]?.hold_id ?? null, groupKey });
  }

  /** An alert that has neither hold nor record. */
  async pipeline(): Promise<number> {
    this.last += 1;
    return this.insert('PIPELINE', { orderId: null, holdId: null, groupKey: '' });
  }

  /** Somebody acts on an alert, not in Slack. */
  async change(alertId: number, action: string, actor: string): Promise<void> {
    const request = { action, actor, source: 'api', targets: [{ alert_id: alertId }] };
    await this.pool.query('SELECT change_alerts($1)', [JSON.stringify(request)]);
  }

  /** Has the alertbot post them; those of one group key become one message. */
  async announce(alertIds: readonly number[]): Promise<void> {
    await this.pool.query('INSERT INTO slack_alert_log (alert_id) SELECT unnest($1::bigint[])', [alertIds]);
  }

  async alert(alertId: number): Promise<Record<string, unknown>> {
    const { rows } = await this.pool.query('SELECT * FROM alerts WHERE alert_id = $1', [alertId]);
    return rows[0];
  }

  async hold(alertId: number): Promise<Record<string, unknown>> {
    const { rows } = await this.pool.query(
      'SELECT h.* FROM holds h JOIN alerts a USING (hold_id) WHERE a.alert_id = $1',
      [alertId],
    );
    return rows[0];
  }

  async audit(alertId: number): Promise<Record<string, unknown>[]> {
    const { rows } = await this.pool.query('SELECT * FROM alert_actions WHERE alert_id = $1 ORDER BY at', [
      alertId,
    ]);
    return rows;
  }

  /** Messages for this topic, oldest first. */
  async outbox(topic: string): Promise<Record<string, unknown>[]> {
    const { rows } = await this.pool.query<{ value: Record<string, unknown> }>(
      `SELECT convert_from(record_value, 'UTF8')::jsonb AS value FROM kafka_outbox WHERE topic = $1 ORDER BY outbox_id`,
      [topic],
    );
    return rows.map(({ value }) => value);
  }

  private async insert(
    kind: string,
    of: { orderId: string | null; holdId: string | null; groupKey: string },
  ): Promise<number> {
    const { rows } = await this.pool.query<{ alert_id: string }>(
      `INSERT INTO alerts (dedup_key, kind, severity, status_since, subject, evidence, order_id, hold_id, opened_at, group_key)
       VALUES ($1, $2, 'warning', $3, $4, '{"problems": ["user_id is missing"]}', $5, $6, $3, $7) RETURNING alert_id`,
      [`test/${this.last}`, kind, OPENED_AT, `Subject ${this.last}`, of.orderId, of.holdId, of.groupKey],
    );
    return Number(rows[0]?.alert_id);
  }
}
