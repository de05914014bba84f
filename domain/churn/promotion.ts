import { createHash } from 'node:crypto';
import { type ActionRow, actionIdOf } from '../response/action.ts';
import { NO_PLAN, newAction } from '../response/new-action.ts';
import { formatIso8601 } from '../time/iso8601.ts';
import type { Micros } from '../time/micros.ts';
import { type Proportion, proportion, proportionDifference } from './proportion.ts';

export type Arm = 'TREATED' | 'HELD_OUT';

/** What is done for customers who are likely to stay away. */
export interface PromotionSettings {
  /** Probability of churn from which a customer is promoted to. */
  probability: number;
  /** Share of them that gets nothing, to compare with. */
  holdout: number;
  /** Customers of one week, held out ones included; the most probable first. */
  mostPerWeek: number;
}

/** A customer who is in a promotion. */
export interface PromotedCustomer {
  customerId: string;
  region: string | null;
  probability: number;
}

export interface ArmedCustomer extends PromotedCustomer {
  arm: Arm;
  /** Null: held out. */
  actionId: string | null;
}

export interface PromotionResult {
  treated: Proportion | null;
  held_out: Proportion | null;
  /** Of the rates of re-order, treated less held out; null when an arm is empty. */
  difference: Proportion | null;
}

/** One promotion a week. */
export function promotionIdOf(asOf: Micros): string {
  return `promotion-${formatIso8601(asOf).slice(0, 10)}`;
}

/** By a hash of promotion and customer: nobody can choose, and the same question has the same answer for ever. */
export function armOf(promotionId: string, customerId: string, holdout: number): Arm {
  const hash = createHash('sha256')
    .update(JSON.stringify([promotionId, customerId]))
    .digest();
  return hash.readUInt32BE(0) / 2 ** 32 < holdout ? 'HELD_OUT' : 'TREATED';
}

export function armed(
  promotionId: string,
  customers: readonly PromotedCustomer[],
  holdout: number,
): ArmedCustomer[] {
  return customers.map((customer) => {
    const arm = armOf(promotionId, customer.customerId, holdout);
    const target = { customer: customer.customerId };
    return {
      ...customer,
      arm,
      actionId: arm === 'TREATED' ? actionIdOf(promotionId, 'PROMOTION', target) : null,
    };
  });
}

/**
 * The action of a treated customer.
 *
 * @param validFor the receiver had better not send it later than this
 * @param hasReceiver whether the platform has an address
 */
export function promotionAction(
  promotionId: string,
  { customerId, probability }: PromotedCustomer,
  { at, validFor, hasReceiver }: { at: Micros; validFor: Micros; hasReceiver: boolean },
): ActionRow {
  return newAction(
    {
      reason: promotionId,
      action: 'PROMOTION',
      target: { customer: customerId },
      parameters: { promotion_id: promotionId, segment: 'FALLING' },
      incidentId: null,
      alertKey: null,
      cause: null,
      probability,
      decidedAt: at,
      validFor,
      undoes: null,
      plan: NO_PLAN,
    },
    hasReceiver
      ? { status: 'SENT' }
      : { status: 'DRY_RUN', note: 'not sent: HOLDFAST_WEBHOOK_PLATFORM_URL is not set' },
  );
}

export function promotionResult(counts: {
  treated: number;
  treatedReordered: number;
  heldOut: number;
  heldOutReordered: number;
}): PromotionResult {
  const treated = proportion(counts.treatedReordered, counts.treated);
  const heldOut = proportion(counts.heldOutReordered, counts.heldOut);
  const difference = treated === null || heldOut === null ? null : proportionDifference(treated, heldOut);
  return { treated, held_out: heldOut, difference };
}
