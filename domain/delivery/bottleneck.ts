import { compareCodePoints } from '../text/compare.ts';

/** A region or a seller, with what its orders waited for. */
export interface BottleneckRow {
  /** Seller id, or name of the region. */
  name: string;
  /** Preparations (approval to hand-over) in all. */
  preparations: number;
  /** Their mean, in seconds. */
  meanSeconds: number;
  /** Approved orders that wait for their hand-over now. */
  waiting: number;
  /** Those of them that have passed their limit. */
  outliers: number;
  /** Pieces its products have at hand, and the level at which they are ordered again; null: not tracked. */
  stock: { available: number; reorderPoint: number | null } | null;
}

export type BottleneckState = 'NORMAL' | 'WARNING' | 'CRITICAL';

export type Recommendation =
  /** Nothing to do. */
  | 'NONE'
  /** Orders wait although the goods are there, or nobody knows of any stock. */
  | 'EXPEDITE_HAND_OVER'
  /** There is too little stock for what is ordered. */
  | 'REORDER'
  /** Preparations take so long that the goods are probably bought only when they are sold. */
  | 'RESTOCK_WARNING';

/** The KPI record of a bottleneck. */
export interface Bottleneck {
  name: string;
  state: BottleneckState;
  current_outlier_count: number;
  /** From approval to hand-over, mean. */
  avg_prep_delay_hrs: number;
  /**
   * By which part the mean preparation over everybody would be shorter, if this one took as long as all the others do on
   * average; 0 to 1.
   */
  system_impact_potential: number;
  recommendation: Recommendation;
}

export interface BottleneckSettings {
  /** Above this many hours on average the seller is warned. */
  restockWarningHours: number;
}

/** So large a part of what waits has passed its limit; one in twenty is what a limit at the 95th percentile expects. */
const MANY_OUTLIERS = 0.2;

/** The worst first: by mean preparation, then by name. One that never handed anything over has a mean of 0. */
export function bottlenecks(rows: readonly BottleneckRow[], settings: BottleneckSettings): Bottleneck[] {
  const all = rows.reduce((sum, row) => sum + row.preparations, 0);
  const seconds = rows.reduce((sum, row) => sum + row.preparations * row.meanSeconds, 0);
  return rows
    .map((row) => {
      const hours = row.preparations === 0 ? 0 : row.meanSeconds / 3600;
      const state = stateOf(row, hours, settings);
      return {
        name: row.name,
        state,
        current_outlier_count: row.outliers,
        avg_prep_delay_hrs: hours,
        system_impact_potential: impact(row, all, seconds),
        recommendation: recommend(row, hours, state, settings),
      };
    })
    .sort((a, b) => b.avg_prep_delay_hrs - a.avg_prep_delay_hrs || compareCodePoints(a.name, b.name));
}

/** The total is n m + (N - n) o, o the mean of the others; were m like o, it would be N o. */
function impact({ preparations, meanSeconds }: BottleneckRow, all: number, seconds: number): number {
  const others = all - preparations;
  if (others === 0 || seconds === 0) return 0;
  const meanOfOthers = (seconds - preparations * meanSeconds) / others;
  return Math.min(1, Math.max(0, (preparations * (meanSeconds - meanOfOthers)) / seconds));
}

function stateOf(row: BottleneckRow, hours: number, settings: BottleneckSettings): BottleneckState {
  if (hours > settings.restockWarningHours) return 'CRITICAL';
  return row.outliers > 0 && row.outliers >= MANY_OUTLIERS * row.waiting ? 'WARNING' : 'NORMAL';
}

function recommend(
  { stock }: BottleneckRow,
  hours: number,
  state: BottleneckState,
  settings: BottleneckSettings,
): Recommendation {
  if (hours > settings.restockWarningHours) return 'RESTOCK_WARNING';
  if (stock !== null && stock.reorderPoint !== null && stock.available <= stock.reorderPoint)
    return 'REORDER';
  return state === 'NORMAL' ? 'NONE' : 'EXPEDITE_HAND_OVER';
}
