import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.ts';
import { loadConfig } from './load.ts';

describe('the settings of deliveries', () => {
  it('are what they are without any', () => {
    expect(loadConfig({}).delivery).toMatchObject({
      scores: { weights: { speed: 1, reliability: 1, satisfaction: 1 }, speedHalfSeconds: 172_800 },
      limits: {
        ...{ preparationQuantile: 0.95, preparationFloorSeconds: 86_400 },
        ...{ transitQuantile: 0.98, transitFloorSeconds: 86_400, minimumTrips: 50 },
      },
      restock: { warningSeconds: 360_000, cooldown: 7 * 86_400_000_000 },
      riskAlertProbability: 0.5,
    });
  });

  it('take three weights', () => {
    const { scores } = loadConfig({ HOLDFAST_SELLER_WEIGHTS: '2, 0,0.5' }).delivery;
    expect(scores.weights).toEqual({ speed: 2, reliability: 0, satisfaction: 0.5 });
  });

  it.each([
    ['HOLDFAST_SELLER_WEIGHTS', '1,1', 'three numbers'],
    ['HOLDFAST_SELLER_WEIGHTS', '1,1,1,1', 'three numbers'],
    ['HOLDFAST_SELLER_WEIGHTS', '0,0,0', 'three numbers'],
    ['HOLDFAST_SELLER_WEIGHTS', '1,-1,1', 'three numbers'],
    ['HOLDFAST_SELLER_WEIGHTS', '1,,1', 'three numbers'],
    ['HOLDFAST_RISK_ALERT_PROBABILITY', '50', 'between 0 and 1'],
    ['HOLDFAST_PREPARATION_QUANTILE', '1', 'between 0 and 1'],
    ['HOLDFAST_TRANSIT_QUANTILE', 'high', 'between 0 and 1'],
    ['HOLDFAST_TRANSIT_FLOOR_HOURS', '0', 'greater than 0'],
    ['HOLDFAST_RESTOCK_COOLDOWN_DAYS', '0', 'greater than 0'],
  ])('refuse %s=%s', (name, value, says) => {
    expect(() => loadConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => loadConfig({ [name]: value })).toThrow(`${name} must be`);
    expect(() => loadConfig({ [name]: value })).toThrow(says);
  });
});
