import { DeliveryDesk } from '../../domain/delivery/desk/delivery-desk.ts';
import type { Lateness, Routes } from '../../domain/delivery/desk/parts.ts';
import type { DeskSettings } from '../../domain/delivery/desk/settings.ts';
import type { FollowedOrder, Milestone } from '../../domain/delivery/milestone.ts';
import { delayNotices, type NoticeSettings, type NoticeTarget } from '../../domain/delivery/notices.ts';
import { LatenessModel } from '../../domain/delivery/risk/lateness-model.ts';
import { RouteBook } from '../../domain/delivery/routes/route-book.ts';
import { FINE_LEVELS } from '../../domain/delivery/routes/route-levels.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { insertWebhooks } from '../webhooks/sql/insert-webhooks.ts';
import { persistDesk, restoreDesk } from './desk-memory.ts';
import type { Follower } from './follower.ts';
import { riskMemory } from './risk-memory.ts';
import { routesMemory } from './routes-memory.ts';

/** Reads and writes what a part of the desk remembers. */
export interface Memory {
  restore(connection: Connection): Promise<void>;
  /** Reads what is needed for these orders and was not restored. */
  prepare?(connection: Connection, orders: readonly FollowedOrder[]): Promise<void>;
  persist(connection: Connection): Promise<void>;
}

/**
 * The follower with all its parts, remembering nothing yet.
 *
 * @param noticeTargets who is told of predicted delays
 */
export function createDeliveryFollower(
  settings: DeskSettings,
  noticeTargets: readonly NoticeTarget[] = [],
): DeliveryFollower {
  const routes = new RouteBook(FINE_LEVELS);
  const lateness = new LatenessModel();
  const memories = [routesMemory(routes), riskMemory(lateness)];
  return new DeliveryFollower(settings, { routes, lateness }, memories, noticeTargets);
}

/** Learns sellers, products, routes and risks; raises and resolves the DELIVERY alerts. */
export class DeliveryFollower implements Follower {
  readonly name = 'delivery';
  private readonly desk: DeliveryDesk;
  private readonly memories: readonly Memory[];
  private readonly notices: NoticeSettings;

  /**
   * @param memories of the parts, which the desk itself does not restore
   * @param noticeTargets who is told of predicted delays
   */
  constructor(
    settings: DeskSettings,
    parts: { routes: Routes; lateness: Lateness },
    memories: readonly Memory[],
    noticeTargets: readonly NoticeTarget[] = [],
  ) {
    this.desk = new DeliveryDesk(settings, parts);
    this.memories = memories;
    this.notices = { probability: settings.riskAlertProbability, targets: noticeTargets };
  }

  async restore(connection: Connection): Promise<void> {
    for (const memory of this.memories) await memory.restore(connection);
    await restoreDesk(connection, this.desk);
  }

  async prepare(connection: Connection, milestones: readonly Milestone[], to: Micros): Promise<void> {
    const orders = [...milestones.map(({ order }) => order), ...this.desk.ordersDueUntil(to)];
    for (const memory of this.memories) await memory.prepare?.(connection, orders);
  }

  advance(now: Micros): void {
    this.desk.advance(now);
  }

  observe(milestone: Milestone): void {
    this.desk.observe(milestone);
  }

  async persist(connection: Connection): Promise<void> {
    for (const memory of this.memories) await memory.persist(connection);
    const changes = this.desk.changes();
    await persistDesk(connection, changes);
    await insertWebhooks(
      connection,
      changes.risks.flatMap((risk) => delayNotices(risk, this.notices)),
    );
  }
}
