import type { Board } from '../parts/board.ts';
import { chartPanel, mapPanel } from '../parts/charts.ts';
import { asOf } from '../parts/history.ts';
import { tablePanel, timePanel } from '../parts/panels.ts';
import { series, table } from '../parts/query.ts';
import { either } from '../parts/variables.ts';

const DAYS = 'suffix: d';

const customers = mapPanel({
  title: 'Where customers wait',
  description:
    'Where do deliveries take long? Dots: customers by quarters of a degree, larger where more was delivered, coloured by the mean time from hand-over to delivery.',
  unit: DAYS,
  decimals: 1,
  queries: table('routes/customers'),
  span: 12,
  height: 16,
  noValue: 'nothing delivered, or no coordinates of zips',
  limits: { warn: 10, bad: 20 },
  layers: [{ name: 'Customers', refId: 'A', size: 'deliveries', colourBy: 'transit', colour: 'green' }],
  columns: {
    latitude: { unit: 'none' },
    longitude: { unit: 'none' },
    deliveries: { unit: 'locale' },
    late: { title: 'after the promise', unit: 'percentunit' },
  },
});

const sellers = mapPanel({
  title: 'Where sellers are',
  description:
    'From where do orders come, and where are they prepared slowly? Dots: sellers by quarters of a degree, larger where more comes from, coloured by the mean time from approval to hand-over.',
  unit: DAYS,
  decimals: 1,
  queries: table('routes/sellers'),
  span: 12,
  height: 16,
  noValue: 'nothing delivered, or no coordinates of zips',
  limits: { warn: 3, bad: 4 },
  layers: [{ name: 'Sellers', refId: 'A', size: 'deliveries', colourBy: 'preparation', colour: 'green' }],
  columns: {
    latitude: { unit: 'none' },
    longitude: { unit: 'none' },
    deliveries: { unit: 'locale' },
  },
});

const routeColumns = {
  trips: { unit: 'locale', width: 80 },
  distance: { unit: 'suffix: km', decimals: 0 },
  per_km: { title: 'a km', unit: 's', decimals: 0 },
  delay_rate: {
    title: 'after the promise',
    unit: 'percentunit',
    decimals: 1,
    limits: { warn: 0.05, bad: 0.2 },
  },
} as const;

const states = tablePanel({
  title: 'From state to state',
  description:
    'How long do trips take, how much do they vary, and how fast is it for the distance? Hand-over to delivery, of what was delivered in the chosen time; the 200 busiest.',
  unit: DAYS,
  decimals: 1,
  queries: table('routes/states'),
  span: 12,
  height: 12,
  noValue: 'nothing delivered',
  columns: { route: { width: 130 }, ...routeColumns },
});

const overTime = timePanel({
  title: 'Transit over time',
  description:
    'Is the carrier getting slower, near or far? Mean time from hand-over to delivery, by the day of delivery.',
  unit: DAYS,
  decimals: 1,
  queries: series('routes/over-time'),
  span: 12,
  height: 12,
  interval: '1h',
  noValue: 'nothing delivered',
});

const distance = chartPanel({
  title: 'By distance, in km',
  description:
    'How much longer does farther take? Half and 90 % of the trips, by great-circle distance up to so many kilometres.',
  unit: DAYS,
  decimals: 1,
  queries: table('routes/by-distance'),
  span: 12,
  along: 'distance',
  noValue: 'no distances known',
});

const weight = chartPanel({
  title: 'By weight',
  description:
    'Do heavy goods travel slower? Half and 90 % of the trips, by the weight of the first product.',
  unit: DAYS,
  decimals: 1,
  queries: table('routes/by-weight'),
  span: 12,
  along: 'weight',
  noValue: 'no weights known',
});

const learnt = (title: string, question: string, statement: string) =>
  tablePanel({
    title: asOf(title),
    description: `${question} Of all trips so far, routes of the chosen level with at least as many trips as chosen; this is what predictions and recommendations are made from.`,
    unit: DAYS,
    decimals: 1,
    queries: table(statement),
    span: 12,
    height: 10,
    noValue: 'no route has that many trips',
    columns: {
      ...routeColumns,
      route: { width: 190 },
      delay_rate: { ...routeColumns.delay_rate, title: 'late' },
      weight: { unit: 'massg', decimals: 0 },
    },
  });

const fastest = learnt('Fastest routes', 'Which ways are fast?', 'routes/fastest');
const slowest = learnt(
  'Slowest routes',
  'Which ways are slow, and may need another seller or carrier?',
  'routes/slowest',
);

export const board: Board = {
  uid: 'holdfast-routes',
  title: 'Routes',
  description: 'How long is the way from sellers to customers, where is it slow, and how sure is it?',
  from: 'now-30d',
  history: true,
  variables: [
    either('level', 'routes by', 'How finely routes are told apart.', ['city', 'state', 'zip', 'distance']),
    either('trips', 'trips at least', 'Routes with fewer trips are left out.', ['3', '5', '10', '30', '1']),
  ],
  rows: [
    { title: 'Map', panels: [customers, sellers] },
    { title: 'In the chosen time', panels: [states, overTime, distance, weight] },
    { title: 'As learnt', panels: [fastest, slowest] },
  ],
};
