import { DAY, HOUR, type Micros } from '../../domain/time/micros.ts';

/** Something that goes wrong on a delivery platform, to be watched from the first sign to the end. */
export interface Scenario {
  name: string;
  /** What happens, and what Holdfast is expected to do about it, in a line. */
  says: string;
  /** Days that are learnt from first. */
  historyDays: number;
  /** When the history may end: so long after the beginning of each such span, both counted as event time is. */
  begins: { each: Micros; after: Micros };
  /** Simulated time from the end of the history to the end of the scenario. */
  lasts: Micros;
  /** Options of `npm run simulate:platform`: how large and how fast, and what goes wrong, counted from the end of the history. */
  options: readonly string[];
  /** Settings of the processor, as environment variables. */
  settings: Readonly<Record<string, string>>;
  /** What is told as it happens. */
  tells: 'incidents' | 'customers';
}

/** 17:00 in Seoul: people are about to order their dinner. */
const BEFORE_DINNER = { each: DAY, after: 8 * HOUR };
/** Customers are looked at as of midnight between Sunday and Monday; 1970 began on a Thursday. */
const AFTER_THE_LOOK = { each: 7 * DAY, after: 4 * DAY + HOUR };

/** An evening of sixty-fold speed. */
function evening(name: string, says: string, incident: string): Scenario {
  return {
    ...{ name, says, historyDays: 10, begins: BEFORE_DINNER, lasts: 5 * HOUR },
    options: ['--speed', '60', '--in-step', '--incident', incident],
    settings: {},
    tells: 'incidents',
  };
}

/**
 * Seven weeks in some minutes, and an hour in which the last look is answered: orders alone, of customers who order oftener than others, so that an absence says something
 * after a week. A third is held out: one in five would take more weeks to compare with.
 */
const CHURN: Scenario = {
  name: 'churn',
  says: 'customers of a district order less and less: who will probably stay away gets a promotion, but for some to compare with',
  ...{ historyDays: 14, begins: AFTER_THE_LOOK, lasts: 35 * DAY + HOUR },
  options: [
    ...[
      '--speed',
      'max',
      '--in-step-every',
      '1d',
      '--topics',
      'orders',
      '--districts',
      '2',
      '--restaurants',
      '3',
    ],
    ...['--orders-per-day', '400', '--orders-per-customer', '2'],
    ...['--incident', 'kind=CUSTOMERS_LEAVE,region=Gangnam-gu,at=-10d,for=40d,strength=0.8'],
  ],
  settings: { HOLDFAST_CHURN_HORIZON_DAYS: '7', HOLDFAST_CHURN_HOLDOUT: '0.3' },
  tells: 'customers',
};

/** `npm start -- --scenario NAME`. A new one is a line. */
export const SCENARIOS: readonly Scenario[] = [
  evening(
    'riders-short',
    'orders of a district fall because its riders stay away: riders of the neighbours are offered an incentive',
    'kind=RIDERS_SHORT,region=Gangnam-gu,at=+45m,for=2h',
  ),
  evening(
    'restaurants-down',
    "the same fall, because the restaurants' systems are down: they are taken off, and operations are told",
    'kind=RESTAURANT_OUTAGE,region=Gangnam-gu,at=+45m,for=90m',
  ),
  evening(
    'slow-kitchen',
    'one restaurant takes too long: it is warned, promises are adjusted, customers are told and get a coupon',
    'kind=PREPARATION_DELAY,restaurant=R-0001,at=+45m,for=2h',
  ),
  evening(
    'traffic',
    'deliveries take longer, for the roads are full: other routes, later promises, customers are told',
    'kind=TRAFFIC,region=Seocho-gu,at=+45m,for=2h',
  ),
  evening(
    'routing',
    'deliveries take longer, and neither roads nor kitchens are the reason: routes are computed anew',
    'kind=ROUTING,region=Songpa-gu,at=+45m,for=2h',
  ),
  evening(
    'refusals',
    'a restaurant refuses orders, for it is out of ingredients: it is shown less, and warned',
    'kind=REFUSALS,reason=INGREDIENTS_OUT,restaurant=R-0001,at=+45m,for=2h',
  ),
  evening(
    'payments',
    'a payment method fails: operations are told, and asked whether customers are to hear of it',
    'kind=PAYMENT_ERROR,method=card,at=+45m,for=90m',
  ),
  CHURN,
];

export function findScenario(name: string): Scenario | undefined {
  return SCENARIOS.find((one) => one.name === name);
}

/** Event time at which the history of a scenario is over: such that all of it is past `now`. */
export function scenarioBegins({ begins: { each, after }, lasts }: Scenario, now: Micros): Micros {
  const latest = now - lasts;
  return Math.floor((latest - after) / each) * each + after;
}
