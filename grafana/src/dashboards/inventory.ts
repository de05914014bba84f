import type { Board } from '../parts/board.ts';
import { chartPanel } from '../parts/charts.ts';
import { toProduct, toSeller } from '../parts/links.ts';
import { statPanel, tablePanel, timePanel } from '../parts/panels.ts';
import { series, table } from '../parts/query.ts';
import { now, textBox } from '../parts/variables.ts';

const product = { title: 'product', links: [toProduct()], width: 180 } as const;
const DAYS = { unit: 'suffix: d', decimals: 1 } as const;

const totals = statPanel({
  title: now('Stock'),
  description:
    'What has to be ordered? Tracked products, those whose stock and what is on order are at or below the reorder point, those with nothing available, and pieces on their way.',
  unit: 'locale',
  queries: table('inventory/totals'),
  span: 12,
  height: 8,
  decimals: 0,
  noValue: 'no product is tracked',
  columns: {
    'to be reordered': { limits: { warn: 1, bad: 20 } },
    'sold out': { limits: { warn: 1, bad: 5 } },
  },
});

const cover = chartPanel({
  title: now('Days of cover'),
  description:
    'For how long does what is available last, at the present sales? Products without sales are left out.',
  unit: 'locale',
  queries: table('inventory/cover'),
  span: 12,
  height: 8,
  along: 'cover',
  noLegend: true,
});

const levels = tablePanel({
  title: now('Stock against reorder point'),
  description:
    'Which products run out? Stock less what is promised, against the point at which to order; above: what is available and on order beyond it. The 200 nearest to it or below.',
  unit: 'locale',
  queries: table('inventory/levels'),
  span: 24,
  height: 12,
  noValue: 'no product is tracked',
  columns: {
    product_id: product,
    seller_id: { title: 'seller', links: [toSeller()] },
    available: { limits: { warnBelow: 5, badBelow: 1 } },
    reorder_point: { title: 'reorder point' },
    above: { title: 'above it', limits: { warnBelow: 1, badBelow: -5 } },
    on_order: { title: 'on order' },
    cover: { title: 'cover', ...DAYS, limits: { warnBelow: 7, badBelow: 3 } },
    lead_time: { title: 'lead time', ...DAYS },
    a_day: { title: 'sold a day', decimals: 2 },
  },
});

const movements = timePanel({
  title: 'Movements',
  description:
    'What comes in, what goes out, and how much is damaged or returned? Pieces, as the events say.',
  unit: 'locale',
  queries: series('inventory/movements'),
  span: 12,
  bars: true,
  stacked: true,
  interval: '1h',
  colours: {
    DAMAGED: 'red',
    RECEIVED: 'green',
    SHIPPED: 'blue',
    RESERVED: 'purple',
    RELEASED: 'yellow',
    RETURNED: 'orange',
  },
  noValue: 'nothing moved',
});

const overTime = timePanel({
  title: 'Stock over time',
  description:
    'When was how much there? The sum of all movements up to each moment, of the product asked for; of all products, where none is.',
  unit: 'locale',
  queries: series('inventory/product-over-time'),
  span: 12,
  interval: '1h',
  stepped: true,
  noValue: 'nothing moved',
});

const replenishments = tablePanel({
  title: 'Orders to suppliers',
  description: 'What was ordered automatically in the chosen time, and did it come when it was due?',
  unit: 'locale',
  queries: table('inventory/replenishments'),
  span: 24,
  height: 10,
  noValue: 'nothing was ordered',
  columns: {
    ordered_at: { title: 'ordered', unit: 'dateTimeAsIso', width: 160 },
    product_id: product,
    seller_id: { title: 'seller', links: [toSeller()] },
    warehouse_id: { title: 'warehouse' },
    due_at: { title: 'due', unit: 'dateTimeAsIso', width: 160 },
    received_at: { title: 'received', unit: 'dateTimeAsIso', width: 160 },
    beyond: { title: 'after it was due', ...DAYS, limits: { warn: 0.01, bad: 3 } },
  },
});

const imbalance = tablePanel({
  title: now('Too little here, too much there'),
  description:
    'What is brought in anew although another warehouse has more of it than it needs? What could be moved, and the inbound cost that is paid twice if it is not.',
  unit: 'locale',
  queries: table('inventory/imbalance'),
  span: 24,
  height: 8,
  noValue: 'warehouses are balanced',
  columns: {
    product_id: product,
    short_warehouse: { title: 'short in' },
    on_its_way: { title: 'on its way' },
    surplus_warehouse: { title: 'surplus in' },
    unit_cost: { title: 'inbound cost a piece', decimals: 2 },
    paid_twice: { title: 'paid twice', decimals: 2, limits: { warn: 0.01, bad: 1000 } },
  },
});

const prestock = tablePanel({
  title: now('To be put in before orders come'),
  description:
    'How many pieces should lie in which warehouse for the orders expected over the lead time, beyond what is there or on its way?',
  unit: 'locale',
  queries: table('inventory/prestock'),
  span: 24,
  height: 8,
  noValue: 'every warehouse has what it needs',
  columns: {
    product_id: product,
    warehouse_id: { title: 'warehouse' },
    a_day: { title: 'sold a day', decimals: 2 },
    lead_time: { title: 'lead time', ...DAYS },
    put_in: { title: 'put in', limits: { warn: 1, bad: 50 } },
  },
});

export const board: Board = {
  uid: 'holdfast-inventory',
  title: 'Inventory',
  description: 'What runs out, what has been ordered, and does it lie in the right place?',
  from: 'now-30d',
  history: true,
  variables: [textBox('product', 'product', 'Id of a product to look at; empty: all.')],
  rows: [
    { title: 'Stock', panels: [totals, cover, levels] },
    { title: 'In the chosen time', panels: [movements, overTime, replenishments] },
    { title: 'Warehouses', panels: [imbalance, prestock] },
  ],
};
