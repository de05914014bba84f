import type { HoldReason } from '../holds/reasons.ts';
import type { OrderEvent } from '../order/event.ts';
import type { Micros } from '../time/micros.ts';

export const DECISION_SOURCES = ['slack', 'api', 'auto'] as const;

/** Where a decision was taken; `auto`: by Holdfast itself, after somebody asked for it. */
export type DecisionSource = (typeof DECISION_SOURCES)[number];

/** Somebody closed a hold: the order goes on, or it is canceled. */
export interface HoldDecision {
  /** The decision as an event in the life of its order. */
  event: OrderEvent;
  reason: HoldReason;
  episode: number;
  status: 'CLEARED' | 'CANCELED';
  /** Of the hold, as it was when the decision was taken. */
  openedAt: Micros;
  evidence: Readonly<Record<string, unknown>>;
  decidedBy: string;
  source: DecisionSource;
  note: string | null;
}
