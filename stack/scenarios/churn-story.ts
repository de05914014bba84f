import { promotionResult } from '../../domain/churn/promotion.ts';
import type { Proportion } from '../../domain/churn/proportion.ts';

/** A weekly look at all customers. */
export interface ToldLook {
  asOf: Date;
  /** Whether the model has learnt from outcomes here; before, there are no promotions. */
  hasLearnt: boolean;
  customers: number;
  /** Those who order less often than they did, and those of them who are likely to stay away. */
  falling: number;
  likely: number;
  /** Of the model of a horizon before, on what came; null: not judged yet. */
  auc: number | null;
}

/** A promotion, and how many of both arms have ordered again. */
export interface ToldPromotion {
  promotionId: string;
  at: Date;
  endsAt: Date;
  /** From which customers are promoted to. */
  probability: number;
  isOver: boolean;
  treated: number;
  heldOut: number;
  treatedReordered: number;
  heldOutReordered: number;
  /** Treated customers whose promotion the platform has confirmed. */
  carriedOut: number;
}

/** What the database says at one moment. */
export interface ChurnPage {
  looks: readonly ToldLook[];
  promotions: readonly ToldPromotion[];
}

type Counts = Pick<ToldPromotion, 'treated' | 'heldOut' | 'treatedReordered' | 'heldOutReordered'>;

/** Tells of customers who stay away, and of what promotions did, in lines for people. */
export class ChurnStory {
  private readonly told = new Set<string>();
  private readonly day: (at: Date) => string;

  /** @param day how a simulated day is written */
  constructor(day: (at: Date) => string) {
    this.day = day;
  }

  /** Lines about what is new, by simulated time. What was told once is not told again. */
  turn({ looks, promotions }: ChurnPage): string[] {
    const lines: { at: Date; text: string }[] = [];
    const tell = (key: string, at: Date, text: string) => {
      if (this.told.has(key)) return;
      this.told.add(key);
      lines.push({ at, text });
    };
    const threshold = promotions[0]?.probability;
    for (const look of looks) tell(`look/${look.asOf.getTime()}`, look.asOf, lookLine(look, threshold));
    for (const promotion of promotions) {
      const { promotionId, at, endsAt, treated, heldOut, carriedOut, isOver } = promotion;
      tell(promotionId, at, `promotion for ${treated} of them; ${heldOut} like them get none`);
      if (carriedOut === treated && treated > 0)
        tell(`${promotionId}/done`, at, `the platform has promoted to all ${treated}`);
      if (isOver) tell(`${promotionId}/over`, endsAt, `ordered again within the time: ${result(promotion)}`);
    }
    const over = promotions.filter(({ isOver }) => isOver);
    const last = over.at(-1);
    if (last !== undefined && over.length > 1)
      tell(`${last.promotionId}/all`, last.endsAt, `of ${over.length} promotions: ${result(sumOf(over))}`);
    return lines
      .sort((a, b) => a.at.getTime() - b.at.getTime())
      .map(({ at, text }) => `${this.day(at)}  ${text}`);
  }
}

function lookLine({ hasLearnt, customers, falling, likely, auc }: ToldLook, threshold = 0.7): string {
  const whole = `${customers} customers, of whom ${falling} order less often than they did`;
  if (!hasLearnt) return `${whole}; nobody knows yet what becomes of such`;
  const sure = auc === null ? '' : ` (AUC of the last model ${auc.toFixed(2)})`;
  return `${whole}; ${likely} of these will stay away with ${percent(threshold)} or more${sure}`;
}

function result(counts: Counts): string {
  const { treated, held_out: heldOut, difference } = promotionResult(counts);
  const promoted = share(counts.treatedReordered, counts.treated, treated);
  const without = share(counts.heldOutReordered, counts.heldOut, heldOut);
  const arms = `${promoted} with a promotion, ${without} without`;
  if (difference === null) return arms;
  const [low, rate, high] = [difference.low, difference.rate, difference.high].map((one) =>
    Math.round(100 * one),
  );
  return `${arms}; ${rate} points more (95 %: ${low} to ${high})`;
}

function share(reordered: number, of: number, arm: Proportion | null): string {
  return arm === null ? 'nobody' : `${reordered} of ${of} (${percent(arm.rate)})`;
}

function percent(value: number): string {
  return `${Math.round(100 * value)} %`;
}

function sumOf(promotions: readonly Counts[]): Counts {
  const sum = (count: (one: Counts) => number) => promotions.reduce((all, one) => all + count(one), 0);
  return {
    treated: sum(({ treated }) => treated),
    heldOut: sum(({ heldOut }) => heldOut),
    treatedReordered: sum(({ treatedReordered }) => treatedReordered),
    heldOutReordered: sum(({ heldOutReordered }) => heldOutReordered),
  };
}
