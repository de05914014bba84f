import type { StockDifference } from '../sql/compare-stock.ts';
import type { WarehouseSums } from '../sql/warehouse-differences.ts';
import type { StockDifferences } from './rebuild-stock.ts';

export interface DifferenceLine {
  text: string;
  /** Whether the log tells what it should be. */
  known: boolean;
}

/** What differs, a line each, for people. */
export function differenceLines({ products, warehouses }: StockDifferences): DifferenceLine[] {
  return [
    ...products.map(({ productId, level, log }) => ({
      text: `${productId}: ${levelText(level)}; by its events ${levelText(log)}`,
      known: log !== null,
    })),
    ...warehouses.map(({ productId, warehouseId, kept, log }) => ({
      text: `${productId} in ${warehouseId}: ${sumsText(kept)}; by its events ${sumsText(log)}`,
      known: true,
    })),
  ];
}

function levelText(level: StockDifference['level']): string {
  return level === null ? 'nothing' : `current ${level.current}, reserved ${level.reserved}`;
}

function sumsText(sums: WarehouseSums | null): string {
  if (sums === null) return 'nothing';
  return `${levelText(sums)}, ${sums.costed_pieces} pieces for ${sums.costs}`;
}
