import type { Config } from '../../platform/config/load.ts';
import { createDeliveryFollower } from './delivery-follower.ts';
import type { Follower } from './follower.ts';
import { InTimeFollower } from './in-time-follower.ts';
import { InventoryFollower } from './inventory-follower.ts';
import { OutcomesFollower } from './outcomes-follower.ts';

/** Makes whoever follows the milestones of orders, remembering nothing yet. A new one is a file here and a line below. */
export function createFollowers(config: Config): Follower[] {
  return [
    new OutcomesFollower(),
    createDeliveryFollower(config.delivery, config.webhooks.targets),
    new InTimeFollower(config.lateAfter),
    new InventoryFollower(config.inventory),
  ];
}
