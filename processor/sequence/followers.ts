import type { Config } from '../../platform/config/load.ts';
import { ChurnFollower } from '../churn/churn-follower.ts';
import { createDetectionFollower } from '../detection/create-detection-follower.ts';
import type { DetectionMetrics } from '../detection/detection-metrics.ts';
import { ForecastFollower } from '../forecast/forecast-follower.ts';
import { createDeliveryFollower } from './delivery-follower.ts';
import type { Follower } from './follower.ts';
import { InTimeFollower } from './in-time-follower.ts';
import { InventoryFollower } from './inventory-follower.ts';
import { OutcomesFollower } from './outcomes-follower.ts';
import { PlatformFactsFollower } from './platform-facts-follower.ts';

/**
 * Makes whoever follows the milestones of orders, remembering nothing yet. A new one is a file here and a line below.
 *
 * @param detection null: nobody looks for what is unusual of a platform
 */
export function createFollowers(config: Config, detection: DetectionMetrics | null = null): Follower[] {
  return [
    new OutcomesFollower(),
    createDeliveryFollower(config.delivery, config.webhooks.targets),
    new InTimeFollower(config.lateAfter),
    new InventoryFollower(config.inventory),
    new PlatformFactsFollower(),
    // Reads the facts that the one before has written.
    ...(detection === null ? [] : [createDetectionFollower(config, detection)]),
    ...(config.platformIntelligence
      ? [new ForecastFollower(config.riderUtilisation), new ChurnFollower(config.churn)]
      : []),
  ];
}
