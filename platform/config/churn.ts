import type { PromotionSettings } from '../../domain/churn/promotion.ts';
import { DAY, type Micros } from '../../domain/time/micros.ts';
import type { Variables } from './variables.ts';

export interface ChurnConfig {
  /** A customer who orders nothing for so long has churned. */
  horizon: Micros;
  promotion: PromotionSettings;
  /** Whether the platform, which promotes, has an address. */
  hasPlatform: boolean;
}

export function churnConfig(v: Variables): ChurnConfig {
  return {
    horizon: v.HOLDFAST_CHURN_HORIZON_DAYS * DAY,
    promotion: {
      probability: v.HOLDFAST_CHURN_PROMOTION_PROBABILITY,
      holdout: v.HOLDFAST_CHURN_HOLDOUT,
      mostPerWeek: v.HOLDFAST_CHURN_PROMOTIONS_PER_WEEK,
    },
    hasPlatform: v.HOLDFAST_WEBHOOK_PLATFORM_URL !== undefined || v.HOLDFAST_WEBHOOK_DRY_RUN,
  };
}
