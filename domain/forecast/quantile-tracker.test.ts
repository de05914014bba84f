import { expect, test } from 'vitest';
import { uniform } from '../statistics/uniform.ts';
import { QuantileTracker, TRACKER_MEMORY } from './quantile-tracker.ts';

test.each([0.05, 0.5, 0.95])('the share below it is %d, also after the distribution has changed', (share) => {
  const random = uniform(9);
  const tracker = new QuantileTracker(share, 2, new Float64Array(TRACKER_MEMORY));
  for (const spread of [1, 3, 2]) {
    let below = 0;
    for (let i = 0; i < 8000; i += 1) {
      const value = spread * (random() + random() - 1);
      if (i >= 4000 && value <= tracker.value) below += 1;
      tracker.observe(value);
    }
    expect(below / 4000).toBeGreaterThan(share - 0.025);
    expect(below / 4000).toBeLessThan(share + 0.025);
  }
});
