import type { Config } from '../../platform/config/load.ts';
import { Responder } from '../response/responder.ts';
import { DetectionFollower } from './detection-follower.ts';
import type { DetectionMetrics } from './detection-metrics.ts';
import { IncidentResponse } from './incident-response.ts';

/** The follower with all that is made of what it detects, remembering nothing yet. */
export function createDetectionFollower(config: Config, metrics: DetectionMetrics): DetectionFollower {
  const responder = new Responder(config.actionPolicy, config.webhooks.receivers);
  const desks = [new IncidentResponse(responder)];
  return new DetectionFollower({ step: config.detectionStep, desks, metrics });
}
