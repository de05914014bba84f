import type { Board } from '../parts/board.ts';
import { toEvents, toOrder } from '../parts/links.ts';
import { barPanel, tablePanel, timePanel } from '../parts/panels.ts';
import { series, table } from '../parts/query.ts';
import { choiceOf, holdReason, orderStage, orderStatus, textBox } from '../parts/variables.ts';

const list = tablePanel({
  title: 'Orders that began in the chosen time',
  description:
    'Which orders are these? The newest 500 that fit the choices above. User and address are masked unless the database says otherwise.',
  unit: 'locale',
  queries: table('orders/list'),
  span: 24,
  height: 16,
  noValue: 'no orders fit',
  columns: {
    order_id: { title: 'order', links: [toOrder(), toEvents()], width: 190 },
    began: { unit: 'dateTimeAsIso', width: 160 },
    stage: { status: true, width: 120 },
    status: { status: true, width: 110 },
    since_last_event: { title: 'since last event', unit: 's' },
    last_event: { title: 'last event' },
    seller_id: { title: 'seller' },
    user_id: { title: 'user' },
    shipping_address: { title: 'address' },
  },
});

const regions = barPanel({
  title: 'Orders by region',
  description: 'Where do the orders go?',
  unit: 'locale',
  queries: table('orders/by-region'),
  span: 8,
});

const reasons = timePanel({
  title: 'Holds opened, by reason',
  description: 'Which rule stops orders, and since when?',
  unit: 'locale',
  queries: series('orders/holds-by-reason'),
  span: 8,
  bars: true,
  stacked: true,
  interval: '30m',
});

const days = timePanel({
  title: 'By day (Korean days)',
  description: 'How do the days compare? From midnight to midnight in Seoul.',
  unit: 'locale',
  queries: series('orders/per-day'),
  span: 8,
  bars: true,
  interval: '1h',
  always: '30d',
});

export const board: Board = {
  uid: 'holdfast-orders',
  title: 'Orders',
  description: 'Find orders by status, stage, reason, region, or by what they are about.',
  variables: [
    orderStatus(),
    orderStage(),
    holdReason(),
    choiceOf('region', 'region', 'Where the order goes.', 'variables/regions'),
    textBox('search', 'search', 'An order, product or seller id, or a part of the product name.'),
  ],
  rows: [
    { title: 'List', panels: [list] },
    { title: 'In numbers', panels: [regions, reasons, days] },
  ],
};
