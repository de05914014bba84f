import { type Traffic, traffic } from '../../../simulator/build-traffic.ts';
import { records } from '../../../simulator/generate.ts';
import type { GenerateOptions } from '../../../simulator/generate-options.ts';
import type { SimulatedRecord } from '../../../simulator/record.ts';

export interface TrafficPlan {
  seed: string;
  /** Begins every order_id; letters and digits. */
  run: string;
  /** First record, in milliseconds since the epoch. */
  start: number;
  seconds: number;
  /** Records a second. */
  rate: number;
  maxRecordBytes: number;
}

/** All records of an experiment in the order of sending, and the products they are about. */
export interface MadeTraffic {
  records: readonly SimulatedRecord[];
  products: Traffic['products'];
}

/** Every product has more than anybody orders: who comes first must not matter to what is expected. */
const PIECES = 1_000_000;

/** Orders with a little of every trouble: bursts, unusable addresses, copies, late events, inbound holds, poison. */
export function makeTraffic(plan: TrafficPlan): MadeTraffic {
  const options = optionsOf(plan, ['mixed']);
  const made = traffic(options);
  const products = made.products.map((product) => ({
    ...product,
    openingStock: product.openingStock === null ? null : PIECES,
  }));
  return { records: [...records(options, made)], products };
}

/**
 * Has bad records take a share of the traffic from one second to another: every kind of poison there is, spread evenly.
 *
 * @param share of all records then, 0 to 1
 */
export function withPoison(
  sound: readonly SimulatedRecord[],
  plan: TrafficPlan,
  storm: { share: number; from: number; to: number },
): SimulatedRecord[] {
  const [from, to] = [plan.start + storm.from * 1_000, plan.start + storm.to * 1_000];
  const within = sound.filter(({ at }) => at >= from && at < to).length;
  const count = Math.round((within * storm.share) / (1 - storm.share));
  const { duration: _, ...endless } = optionsOf(
    { ...plan, seed: `${plan.seed}/poison`, run: `${plan.run}P` },
    ['poison'],
  );
  const options = { ...endless, background: false };
  const poison: SimulatedRecord[] = [];
  for (const record of records(options, traffic(options))) {
    if (poison.length >= count) break;
    poison.push({ ...record, at: from + (poison.length / count) * (to - from) });
  }
  return [...sound, ...poison].toSorted((a, b) => a.at - b.at);
}

function optionsOf(plan: TrafficPlan, scenarios: GenerateOptions['scenarios']): GenerateOptions {
  const { seed, run, start, seconds, rate, maxRecordBytes } = plan;
  return {
    ...{ seed, run, start, maxRecordBytes, scenarios },
    density: rate,
    duration: seconds * 1_000,
    background: true,
    daily: false,
    timeZone: 'Asia/Seoul',
    locale: 'ko',
  };
}
