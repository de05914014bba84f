import { type Micros, SECOND } from '../../time/micros.ts';
import { startOfMonth } from '../calendar.ts';
import type { FollowedOrder, Milestone } from '../milestone.ts';
import { PreparationHistogram } from './preparation-histogram.ts';
import { addTo, emptySums, type ScoreSums } from './score-sums.ts';
import { addPreparation, newSeller, type SellerRecord } from './seller-record.ts';
import { type ScoreSettings, speedOf } from './seller-score.ts';

/** How long a seller takes from approval to hand-over, as far as it is known. */
export interface Preparation {
  /** Preparations seen. */
  orders: number;
  meanSeconds: number;
  /** Of the sample; 0 below two preparations. */
  sdSeconds: number;
  /** Null before the first one. */
  p95Seconds: number | null;
}

/** What orders have taught about sellers. An order of several sellers counts for each of them. */
export class SellerBook {
  private readonly settings: Pick<ScoreSettings, 'speedHalfSeconds'>;
  private readonly records = new Map<string, SellerRecord>();
  private readonly changedIds = new Set<string>();
  private readonly everybody = new PreparationHistogram();

  constructor(settings: Pick<ScoreSettings, 'speedHalfSeconds'>) {
    this.settings = settings;
  }

  /**
   * Learns from a milestone.
   *
   * @param now how far event time has come: it decides on the month that a late milestone counts in
   * @param agreedSeconds the longest preparation for sellers that promised no time; null: there is no such limit
   */
  observe(milestone: Milestone, now: Micros, agreedSeconds: number | null): void {
    const { kind, order } = milestone;
    if (kind === 'CREATED' || kind === 'CANCELED') return;
    for (const sellerId of sellersOf(order)) {
      const record = this.recordAt(sellerId, now);
      const add = (more: Partial<ScoreSums>) => {
        addTo(record.sums, more);
        addTo(record.monthSums, more);
      };
      if (kind === 'APPROVED') {
        add({ orders: 1 });
        record.revenue += revenueOf(order, sellerId);
      } else if (kind === 'HANDED_OVER') {
        this.learnPreparation(record, order, agreedSeconds, add);
      } else if (kind === 'DELIVERED') {
        if (order.promisedAt === null || order.deliveredAt === null) continue;
        add({ deliveries: 1, late: order.deliveredAt > order.promisedAt ? 1 : 0 });
      } else {
        add({ reviews: 1, reviewSum: milestone.score ?? 0 });
      }
    }
  }

  preparation(sellerId: string): Preparation {
    const record = this.records.get(sellerId);
    if (record === undefined) return { orders: 0, meanSeconds: 0, sdSeconds: 0, p95Seconds: null };
    const orders = record.sums.preparations;
    return {
      orders,
      meanSeconds: record.preparationMean,
      sdSeconds: orders < 2 ? 0 : Math.sqrt(record.preparationM2 / (orders - 1)),
      p95Seconds: record.histogram.quantile(0.95),
    };
  }

  /** Preparations of one seller, or (null) of all of them; of a seller nobody has heard of: none. */
  histogram(sellerId: string | null): PreparationHistogram {
    if (sellerId === null) return this.everybody;
    return this.records.get(sellerId)?.histogram ?? new PreparationHistogram();
  }

  /** Null: nobody has heard of this seller. */
  record(sellerId: string): Readonly<SellerRecord> | null {
    return this.records.get(sellerId) ?? null;
  }

  /** The sums of every seller: since the beginning, and in the month of `now`. */
  allSums(now: Micros): Map<string, { total: ScoreSums; month: ScoreSums }> {
    const month = startOfMonth(now);
    return new Map(
      [...this.records].map(([id, record]) => [
        id,
        { total: record.sums, month: record.month === month ? record.monthSums : emptySums() },
      ]),
    );
  }

  noteWarning(sellerId: string, warning: Pick<SellerRecord, 'warnedAt' | 'warningOpen'>): void {
    const record = this.records.get(sellerId);
    if (record === undefined) return;
    Object.assign(record, warning);
    this.changedIds.add(sellerId);
  }

  /** What has changed since the last call. */
  changed(): SellerRecord[] {
    const records = [...this.changedIds].flatMap((id) => this.records.get(id) ?? []);
    this.changedIds.clear();
    return records;
  }

  restore(records: readonly SellerRecord[]): void {
    for (const record of records) {
      this.records.set(record.sellerId, record);
      this.everybody.addAll(record.histogram);
    }
  }

  private learnPreparation(
    record: SellerRecord,
    order: FollowedOrder,
    agreedSeconds: number | null,
    add: (more: Partial<ScoreSums>) => void,
  ): void {
    const seconds = preparationSeconds(order);
    if (seconds === null) return;
    const breached = isBreach(order, record.sellerId, seconds, agreedSeconds);
    add({
      preparations: 1,
      speedSum: speedOf(seconds, this.settings.speedHalfSeconds),
      breaches: breached ? 1 : 0,
    });
    addPreparation(record, seconds);
    this.everybody.add(seconds);
  }

  /** The record of a seller, in the month of `now`, to be changed. */
  private recordAt(sellerId: string, now: Micros): SellerRecord {
    const month = startOfMonth(now);
    let record = this.records.get(sellerId);
    if (record === undefined) {
      record = newSeller(sellerId, month);
      this.records.set(sellerId, record);
    }
    if (record.month !== month) {
      record.month = month;
      record.monthSums = emptySums();
    }
    record.updatedAt = now;
    this.changedIds.add(sellerId);
    return record;
  }
}

/** Seconds from approval to hand-over; null where one of them is unknown, or the hand-over came first. */
export function preparationSeconds({ approvedAt, handedOverAt }: FollowedOrder): number | null {
  if (approvedAt === null || handedOverAt === null || handedOverAt < approvedAt) return null;
  return (handedOverAt - approvedAt) / SECOND;
}

/** Each once; the order's own where its lines name none. */
export function sellersOf(order: FollowedOrder): string[] {
  const named = order.lines.flatMap(({ sellerId }) => sellerId ?? []);
  return [...new Set(named.length > 0 || order.sellerId === null ? named : [order.sellerId])];
}

function revenueOf(order: FollowedOrder, sellerId: string): number {
  return order.lines
    .filter((line) => (line.sellerId ?? order.sellerId) === sellerId)
    .reduce((sum, { quantity, price }) => sum + quantity * (price ?? 0), 0);
}

/** After the earliest moment the seller promised for one of its lines; where it promised none, after what was agreed. */
function isBreach(
  order: FollowedOrder,
  sellerId: string,
  seconds: number,
  agreedSeconds: number | null,
): boolean {
  const promised = order.lines
    .filter((line) => (line.sellerId ?? order.sellerId) === sellerId)
    .flatMap(({ handOverBy }) => handOverBy ?? []);
  if (promised.length > 0) return (order.handedOverAt ?? 0) > Math.min(...promised);
  return agreedSeconds !== null && seconds > agreedSeconds;
}
