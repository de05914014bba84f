import type { Question } from './question.ts';
import { actions } from './questions/actions.ts';
import { atRisk } from './questions/at-risk.ts';
import { bottleneck } from './questions/bottleneck.ts';
import { customerChurn } from './questions/customer-churn.ts';
import { delays } from './questions/delays.ts';
import { demandForecast } from './questions/demand-forecast.ts';
import { incident } from './questions/incident.ts';
import { incidents } from './questions/incidents.ts';
import { inventory } from './questions/inventory.ts';
import { imbalance } from './questions/inventory-imbalance.ts';
import { prestock } from './questions/inventory-prestock.ts';
import { reviewCorrelation } from './questions/review-correlation.ts';
import { fastestRoutes } from './questions/route-ranking.ts';
import { recommendation } from './questions/route-recommendation.ts';
import { seller } from './questions/seller.ts';
import { ranking } from './questions/seller-ranking.ts';
import { stages } from './questions/stages.ts';

/** Everything that can be asked. A path without members stands before those with: the first that fits answers. */
export const questions: readonly Question[] = [
  bottleneck,
  stages,
  delays,
  atRisk,
  ranking,
  seller,
  recommendation,
  fastestRoutes,
  reviewCorrelation,
  inventory,
  imbalance,
  prestock,
  incidents,
  incident,
  actions,
  demandForecast,
  customerChurn,
];
