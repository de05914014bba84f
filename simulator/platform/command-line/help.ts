import { INCIDENT_KINDS } from '../incidents/incident.ts';
import { WORLD_SIZES } from '../world/world-size.ts';

const sizes = Object.entries(WORLD_SIZES)
  .map(
    ([name, { districts, restaurantsPerDistrict, ordersPerDay }]) =>
      `${name} (${districts} x ${restaurantsPerDistrict} restaurants, ${ordersPerDay.toLocaleString('en-US')} orders a day)`,
  )
  .join(', ');

export const HELP = `npm run simulate:platform -- [options]      a delivery platform: orders, payments, deliveries, riders, restaurants,
                                            reviews, with incidents, and the HTTP interface that actions are posted to
How large
  --size NAME          ${sizes};
                       default: small
  --districts N, --restaurants N (of each district), --orders-per-day N      other figures
  --orders-per-customer N      a week, of the median customer (1)
  --topics LIST        of orders, payments, deliveries, riders, restaurants, reviews: publishes these alone, and is quicker
  --seed TEXT          same seed, start, options and actions: the same world (1)
When, and how fast
  --days N             days of history first, as fast as it goes (14)
  --duration D         then so long, such as 90m, 2h, 3d; 0: the history alone. Default: until Ctrl-C
  --forever            until Ctrl-C
  --speed X            simulated seconds a real second after the history (1), or max
  --start TIME         where the history begins, such as 2026-03-01. Default: so that it ends now; with --duration and a
                       speed other than 1, so that all of it ends now
  --in-step            stays within a detection step of the processor, so that what it does comes in time at any speed
  --in-step-every D    the same, within so much of it, such as 6h: quicker, and what it does comes later
  --holiday DAY        a public holiday, such as 2026-02-17, beside those on fixed days; as often as wanted
What goes wrong
  --incident LIST      kind=...,region=...,at=...,for=...; as often as wanted
                       kind      ${INCIDENT_KINDS.slice(0, 5).join(', ')},
                                 ${INCIDENT_KINDS.slice(5).join(', ')}
                       region    such as Gangnam-gu; or restaurant, such as R-0003; PAYMENT_ERROR: method, such as card
                       reason    of REFUSALS: INGREDIENTS_OUT, STAFF_SHORT, SYSTEM_ERROR, OTHER
                       at        +2h after the history, -1d before its end, or a time with an offset (+0s)
                       for       how long (90m)
                       strength  docs/platform-simulator.md says what it means for which kind
  --incidents N        so many by chance, as many of each kind (0)
  --quiet-days N       days at the beginning without those (7, or half of the history)
Ground truth
  --truth FILE         incidents as JSON lines (platform/incidents.jsonl in the data folder of Holdfast)
  --customers FILE     customers as JSON lines, written at the end (platform/customers.jsonl)
HTTP, on this machine only
  --port N             POST /actions, GET /weather, /traffic, /health/SERVICE, /status (PLATFORM_PORT: 9466)
  --no-http            none of it
Result
  --dry-run            lives the history and counts, sends nothing; needs neither Kafka nor a database
  --json               prints the result as one line of JSON
  --quiet              no progress
  --help, -h
`;
