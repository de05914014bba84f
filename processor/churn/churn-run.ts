import { ChurnModel, trainChurnModel } from '../../domain/churn/churn-model.ts';
import { activeFor, trainingMoments } from '../../domain/churn/churn-schedule.ts';
import type { ChurnExample } from '../../domain/churn/customer-history.ts';
import { judgeChurn } from '../../domain/churn/judge-churn.ts';
import { armed, promotionAction, promotionIdOf } from '../../domain/churn/promotion.ts';
import { segmentOf } from '../../domain/churn/segment.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { ChurnConfig } from '../../platform/config/churn.ts';
import type { Connection } from '../../platform/database/database.ts';
import { keepActions } from '../response/keep-actions.ts';
import { addChurnSegments } from './sql/add-churn-segments.ts';
import { insertChurnModel, readChurnModel } from './sql/churn-models.ts';
import { findPromotable, insertPromotion } from './sql/promotions.ts';
import { readHistories } from './sql/read-histories.ts';
import { type AssessedCustomer, upsertCustomerChurn } from './sql/upsert-customer-churn.ts';

const BUCKETS = 1024;
/** Customers that a model is trained on, each at up to three moments: a fit of some 0.3 s. */
const TRAINED_ON = 4000;
/** Customers of one statement, about. */
const AT_ONCE = 1000;
/** Before anybody has been counted. */
const FIRST_BUCKETS = 32;
const REASONS_KEPT = 3;

/** How far a weekly run has come. */
export interface ChurnRunState {
  /** Event time as of which customers are looked at. */
  asOf: Micros;
  /** The next part of all customers. */
  bucket: number;
  /** Customers looked at so far. */
  customers: number;
  /** Parts to take at once. */
  width: number;
}

/** One look at all customers, in parts of which a pass does some: what it finds depends on its moment, not on the passes. */
export class ChurnRun {
  readonly state: ChurnRunState;
  private readonly config: ChurnConfig;

  constructor(config: ChurnConfig, state: ChurnRunState) {
    this.config = config;
    this.state = state;
  }

  /**
   * Trains the model of the week on what came of earlier moments, and judges the one of a horizon ago on it.
   *
   * @param customers of the last run; 0: there was none
   */
  static async begin(
    connection: Connection,
    { horizon }: ChurnConfig,
    asOf: Micros,
    customers: number,
  ): Promise<{ state: ChurnRunState; examples: number }> {
    const share = customers === 0 ? 1 : Math.min(1, TRAINED_ON / customers);
    const moments = trainingMoments(asOf, horizon);
    const examples = await readHistories(connection, {
      buckets: [0, Math.ceil(share * BUCKETS)],
      moments,
      horizon,
      activeFor: activeFor(horizon),
    });
    const model = trainChurnModel(examples, horizon);
    const figures = await judgeEarlier(connection, examples, moments[0]!, horizon);
    const churned = examples.filter((one) => one.churned).length;
    await insertChurnModel(connection, { asOf, model, examples: examples.length, churned, figures });
    const width = customers === 0 ? FIRST_BUCKETS : Math.ceil((BUCKETS * AT_ONCE) / customers);
    const state = { asOf, bucket: 0, customers: 0, width: Math.min(BUCKETS, width) };
    return { state, examples: examples.length };
  }

  get isOver(): boolean {
    return this.state.bucket >= BUCKETS;
  }

  /** Looks at customers until some `most` have been looked at, or all. @returns how many */
  async goOn(connection: Connection, most: number): Promise<number> {
    const model = await this.model(connection);
    let done = 0;
    while (done < most && !this.isOver) {
      const { state, config } = this;
      const to = Math.min(BUCKETS, state.bucket + state.width);
      const customers = await this.assess(connection, model, [state.bucket, to]);
      await upsertCustomerChurn(connection, state.asOf, customers);
      await addChurnSegments(connection, state.asOf, customers, config.promotion.probability);
      state.bucket = to;
      state.customers += customers.length;
      done += customers.length;
      if (customers.length < AT_ONCE / 2) state.width = Math.min(BUCKETS, 2 * state.width);
      else if (customers.length > 2 * AT_ONCE) state.width = Math.ceil(state.width / 2);
    }
    return done;
  }

  /** Promotes to falling customers who are likely to stay away; only where a model has learnt from outcomes here. */
  async promote(connection: Connection): Promise<void> {
    const { promotion, horizon, hasPlatform } = this.config;
    const { asOf } = this.state;
    if (promotion.mostPerWeek === 0 || (await this.model(connection)).kind === 'PRIOR') return;
    const found = await findPromotable(connection, {
      asOf,
      probability: promotion.probability,
      most: promotion.mostPerWeek,
    });
    if (found.length === 0) return;
    const promotionId = promotionIdOf(asOf);
    const customers = armed(promotionId, found, promotion.holdout);
    const endsAt = asOf + horizon;
    const { probability, holdout } = promotion;
    await insertPromotion(connection, { promotionId, at: asOf, endsAt, probability, holdout }, customers);
    const options = { at: asOf, validFor: horizon, hasReceiver: hasPlatform };
    const treated = customers.filter(({ arm }) => arm === 'TREATED');
    await keepActions(
      connection,
      treated.map((one) => ({ row: promotionAction(promotionId, one, options), isOpen: false })),
    );
  }

  private async assess(
    connection: Connection,
    model: ChurnModel,
    buckets: readonly [number, number],
  ): Promise<AssessedCustomer[]> {
    const { asOf } = this.state;
    const { horizon } = this.config;
    const found = await readHistories(connection, {
      buckets,
      moments: [asOf],
      horizon: 0,
      activeFor: activeFor(horizon),
    });
    return found.map(({ history }) => ({
      history,
      probability: model.probability(history, asOf),
      segment: segmentOf(history, asOf, horizon),
      reasons: model.reasons(history, asOf).slice(0, REASONS_KEPT),
    }));
  }

  private async model(connection: Connection): Promise<ChurnModel> {
    const state = await readChurnModel(connection, this.state.asOf, this.config.horizon);
    if (state === null) throw new Error('a run has no model: its row is missing in churn_models');
    return new ChurnModel(state);
  }
}

/** A model that was trained before the future of these examples had come. */
async function judgeEarlier(
  connection: Connection,
  examples: readonly ChurnExample[],
  moment: Micros,
  horizon: Micros,
) {
  const state = await readChurnModel(connection, moment, horizon);
  const judged = examples.filter(({ asOf }) => asOf === moment);
  return state === null || judged.length === 0 ? null : judgeChurn(new ChurnModel(state), judged);
}
