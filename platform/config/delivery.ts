import type { DeskSettings } from '../../domain/delivery/desk/settings.ts';
import { DAY, HOUR, SECOND } from '../../domain/time/micros.ts';
import type { Variables } from './variables.ts';

const HOUR_SECONDS = HOUR / SECOND;

/** So many orders of a seller's own count as much as the mean of all sellers. */
const PSEUDO_COUNT = 10;
/** Of fewer nobody can say what is usual. */
const MINIMUM_PREPARATIONS = 20;
/** The 98 % quantile of fewer is a matter of one trip. */
const MINIMUM_TRIPS = 50;
/** Whoever has said nothing of an order for so long will not say anything any more. */
const FORGET_AFTER = 180 * DAY;
/** An average of fewer preparations warns nobody. */
const RESTOCK_MINIMUM = 3;

export function deliveryConfig(v: Variables): DeskSettings {
  const [speed, reliability, satisfaction] = v.HOLDFAST_SELLER_WEIGHTS;
  const restockSeconds = v.HOLDFAST_RESTOCK_WARNING_HOURS * HOUR_SECONDS;
  return {
    scores: {
      weights: { speed, reliability, satisfaction },
      speedHalfSeconds: v.HOLDFAST_SELLER_SPEED_HALF_HOURS * HOUR_SECONDS,
      pseudoCount: PSEUDO_COUNT,
      monthMinimum: v.HOLDFAST_SELLER_MONTH_MINIMUM_ORDERS,
    },
    limits: {
      preparationQuantile: v.HOLDFAST_PREPARATION_QUANTILE,
      preparationFloorSeconds: v.HOLDFAST_PREPARATION_FLOOR_HOURS * HOUR_SECONDS,
      preparationDefaultSeconds: restockSeconds,
      preparationPseudoCount: PSEUDO_COUNT,
      minimumPreparations: MINIMUM_PREPARATIONS,
      minimumTrips: MINIMUM_TRIPS,
      transitQuantile: v.HOLDFAST_TRANSIT_QUANTILE,
      transitFloorSeconds: v.HOLDFAST_TRANSIT_FLOOR_HOURS * HOUR_SECONDS,
    },
    restock: {
      warningSeconds: restockSeconds,
      cooldown: v.HOLDFAST_RESTOCK_COOLDOWN_DAYS * DAY,
      minimumCases: RESTOCK_MINIMUM,
    },
    forgetAfter: FORGET_AFTER,
    riskAlertProbability: v.HOLDFAST_RISK_ALERT_PROBABILITY,
  };
}
