import type { Micros } from '../../time/micros.ts';
import type { ScoreSettings } from '../sellers/seller-score.ts';
import type { LimitSettings } from '../watch/limits.ts';
import type { RestockSettings } from './restock-warning.ts';

export interface DeskSettings {
  scores: ScoreSettings;
  limits: LimitSettings;
  restock: RestockSettings;
  /** An order that is late with at least this probability is worth an alert, 0 to 1. */
  riskAlertProbability: number;
  /** An order of which nothing was heard for so long, in event time, is watched no longer. */
  forgetAfter: Micros;
}
