import type { NewAlert } from '../../alerts/alert.ts';
import { type Micros, SECOND } from '../../time/micros.ts';
import type { SellerRecord } from '../sellers/seller-record.ts';
import { hours } from '../watch/delivery-alerts.ts';
import type { AlertResolution } from '../watch/resolutions.ts';

export interface RestockSettings {
  /** A seller whose preparations take longer than this on average is warned, in seconds. */
  warningSeconds: number;
  /** ... and not again for so long, in event time. */
  cooldown: Micros;
  /** An average of fewer preparations says nothing. */
  minimumCases: number;
}

export interface RestockVerdict {
  raised: NewAlert[];
  resolved: AlertResolution[];
  /** What to remember of it; null: nothing new. */
  warning: Pick<SellerRecord, 'warnedAt' | 'warningOpen'> | null;
}

const NOTHING: RestockVerdict = { raised: [], resolved: [], warning: null };

/**
 * Whether a seller has to be told to keep stock at hand: its orders wait for so long, on average since the beginning,
 * that the goods are probably bought only when they are sold. Told once in a cool-down; over when the average is at or
 * below the limit again.
 */
export function restockVerdict(
  seller: Readonly<SellerRecord>,
  now: Micros,
  settings: RestockSettings,
): RestockVerdict {
  const { sellerId, sums, preparationMean, warnedAt, warningOpen } = seller;
  if (preparationMean <= settings.warningSeconds) {
    if (!warningOpen || warnedAt === null) return NOTHING;
    const note = `orders are handed over after ${averageHours(seller).toFixed(1)} h on average again`;
    return {
      raised: [],
      resolved: [{ dedupKey: restockKey(sellerId, warnedAt), at: now, note }],
      warning: { warnedAt, warningOpen: false },
    };
  }
  if (sums.preparations < settings.minimumCases) return NOTHING;
  if (warnedAt !== null && now - warnedAt < settings.cooldown) return NOTHING;
  return {
    raised: [restockAlert(seller, now, settings)],
    resolved:
      warningOpen && warnedAt !== null
        ? [{ dedupKey: restockKey(sellerId, warnedAt), at: now, note: 'the seller was warned again' }]
        : [],
    warning: { warnedAt: now, warningOpen: true },
  };
}

function restockAlert(seller: Readonly<SellerRecord>, now: Micros, settings: RestockSettings): NewAlert {
  const average = averageHours(seller);
  return {
    dedupKey: restockKey(seller.sellerId, now),
    groupKey: `DELIVERY/RESTOCK/seller/${seller.sellerId}`,
    kind: 'DELIVERY',
    severity: 'warning',
    subject: `Restock warning: seller ${seller.sellerId} hands orders over after ${average.toFixed(1)} h on average`,
    evidence: {
      concern: 'RESTOCK',
      seller_id: seller.sellerId,
      avg_prep_delay_hrs: average,
      limit_hours: hours(settings.warningSeconds * SECOND),
      orders: seller.sums.preparations,
    },
    openedAt: now,
    orderId: null,
    holdId: null,
    logId: null,
  };
}

function restockKey(sellerId: string, at: Micros): string {
  return `delivery/RESTOCK/${sellerId}/${at}`;
}

function averageHours({ preparationMean }: Readonly<SellerRecord>): number {
  return hours(preparationMean * SECOND);
}
