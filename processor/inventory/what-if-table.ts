import type { PreparationTimes, WhatIfReport, WhatIfSettings } from '../../domain/inventory/what-if.ts';

const LABEL = 40;
const CELL = 14;

/** The report as text for people. */
export function whatIfTable(report: WhatIfReport, settings: WhatIfSettings): string {
  const { observed, without, with: planned } = report;
  const share = (orders: number) => percent(orders, report.orders);
  const times = (label: string, of: (times: PreparationTimes) => number) =>
    row(label, hours(of(observed)), hours(of(without.preparation)), hours(of(planned.preparation)));
  return [
    `${report.orders} orders of ${report.products} products. Assumed: every product begins with ${settings.openingStock} pieces,`,
    `suppliers need ${settings.leadTimeDays} days, and a piece at hand is handed over after ${hours(report.handling)}, the median of what happened.`,
    `Service level ${settings.serviceLevel}, demand over ${settings.windowDays} days, orders for ${settings.coverDays} days beyond the reorder point.`,
    '',
    row('', 'happened', 'without', 'with'),
    row('orders', String(observed.orders), String(report.orders), String(report.orders)),
    row('that waited for pieces', '', String(without.waited), String(planned.waited)),
    row('  share', '', share(without.waited), share(planned.waited)),
    times('approval to hand-over: mean', ({ mean }) => mean),
    times('  median', ({ median }) => median),
    times('  95 % are faster than', ({ p95 }) => p95),
    row('orders to suppliers', '', String(without.supplierOrders), String(planned.supplierOrders)),
    row('pieces bought', '', String(without.pieces), String(planned.pieces)),
    row(
      'pieces on the shelf, mean of a product',
      '',
      without.meanStock.toFixed(2),
      planned.meanStock.toFixed(2),
    ),
    '',
    'without: a piece that is not there is ordered when somebody wants it. with: the reorder point of docs/inventory.md.',
    'It shows waiting for pieces, and what it costs in stock. It cannot show what the sellers really had on their',
    'shelves, which no history of orders says; nor sales that were lost because there was nothing; and it takes the',
    'lead time as fixed and handling as the same for all.',
    '',
  ].join('\n');
}

function row(label: string, ...cells: readonly string[]): string {
  return `${label.padEnd(LABEL)}${cells.map((cell) => cell.padStart(CELL)).join('')}`.trimEnd();
}

function hours(seconds: number): string {
  return `${(seconds / 3600).toFixed(1)} h`;
}

function percent(part: number, whole: number): string {
  return `${whole === 0 ? '0.0' : ((100 * part) / whole).toFixed(1)} %`;
}
