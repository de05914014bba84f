/** Something that goes wrong on a delivery platform, to be watched from the first sign to the end. */
export interface Scenario {
  name: string;
  /** What happens, and what Holdfast is expected to do about it, in a line. */
  says: string;
  /** Options of `npm run simulate:platform`: what goes wrong, counted from the end of the history. */
  incident: readonly string[];
  /** Days that are learnt from first. */
  historyDays: number;
}

const HISTORY_DAYS = 10;

function scenario(name: string, says: string, ...incident: string[]): Scenario {
  return { name, says, incident, historyDays: HISTORY_DAYS };
}

/** `npm start -- --scenario NAME`. A new one is a line. */
export const SCENARIOS: readonly Scenario[] = [
  scenario(
    'riders-short',
    'orders of a district fall because its riders stay away: riders of the neighbours are offered an incentive',
    ...['--incident', 'kind=RIDERS_SHORT,region=Gangnam-gu,at=+45m,for=2h'],
  ),
  scenario(
    'restaurants-down',
    "the same fall, because the restaurants' systems are down: they are taken off, and operations are told",
    ...['--incident', 'kind=RESTAURANT_OUTAGE,region=Gangnam-gu,at=+45m,for=90m'],
  ),
  scenario(
    'slow-kitchen',
    'one restaurant takes too long: it is warned, promises are adjusted, customers are told and get a coupon',
    ...['--incident', 'kind=PREPARATION_DELAY,restaurant=R-0001,at=+45m,for=2h'],
  ),
  scenario(
    'traffic',
    'deliveries take longer, for the roads are full: other routes, later promises, customers are told',
    ...['--incident', 'kind=TRAFFIC,region=Seocho-gu,at=+45m,for=2h'],
  ),
  scenario(
    'routing',
    'deliveries take longer, and neither roads nor kitchens are the reason: routes are computed anew',
    ...['--incident', 'kind=ROUTING,region=Songpa-gu,at=+45m,for=2h'],
  ),
  scenario(
    'refusals',
    'a restaurant refuses orders, for it is out of ingredients: it is shown less, and warned',
    ...['--incident', 'kind=REFUSALS,reason=INGREDIENTS_OUT,restaurant=R-0001,at=+45m,for=2h'],
  ),
  scenario(
    'payments',
    'a payment method fails: operations are told, and asked whether customers are to hear of it',
    ...['--incident', 'kind=PAYMENT_ERROR,method=card,at=+45m,for=90m'],
  ),
];

export function findScenario(name: string): Scenario | undefined {
  return SCENARIOS.find((one) => one.name === name);
}
