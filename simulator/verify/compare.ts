import type { Summary } from '../tally/tally.ts';
import type { StoredCounts } from './stored-counts.ts';

/** One compared number. */
export interface Comparison {
  what: string;
  sent: number;
  stored: number;
  /** `more`: more is stored than was sent, for a reason that is known and fine. */
  verdict: 'ok' | 'more' | 'MISMATCH';
}

export interface Circumstances {
  /** A batch was sent again, so the broker may hold records twice: of raw rows and dead letters there may be more. */
  retried: boolean;
  /** Whether the catalogue reached the database: without stock nothing can be said of FUL-INV. */
  stock: boolean;
}

const DEAD_LETTERS = ['PARSE_ERROR', 'SCHEMA_MISSING', 'SCHEMA_INVALID'] as const;
const HOLDS = ['FUL-VALID', 'FUL-INV', 'FUL-FRAUD-USER', 'FUL-FRAUD-PROD', 'EXTERNAL'] as const;

/** What was sent beside what is stored. More arrivals can only add burst holds, so other traffic excuses only more. */
export function compare(sent: Summary, stored: StoredCounts, circumstances: Circumstances): Comparison[] {
  const { retried, stock } = circumstances;
  const rows = [
    row('raw records', sent.accepted, stored.raw, retried),
    row('events', sent.events, stored.events, false),
    row('orders', sent.orders, stored.orders, false),
  ];
  for (const reason of DEAD_LETTERS) {
    rows.push(
      row(`dead letters ${reason}`, sent.deadLetters[reason], stored.deadLetters[reason] ?? 0, retried),
    );
  }
  for (const reason of HOLDS) {
    if (reason === 'FUL-INV' && !stock) continue;
    const burst = reason === 'FUL-FRAUD-USER' || reason === 'FUL-FRAUD-PROD';
    rows.push(
      row(`held ${reason}`, sent.holds[reason], stored.holds[reason] ?? 0, burst && stored.disturbed),
    );
  }
  return rows;
}

function row(what: string, sent: number, stored: number, moreIsFine: boolean): Comparison {
  if (stored === sent) return { what, sent, stored, verdict: 'ok' };
  return { what, sent, stored, verdict: stored > sent && moreIsFine ? 'more' : 'MISMATCH' };
}
