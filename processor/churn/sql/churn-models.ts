import type { ChurnModel, ChurnModelState } from '../../../domain/churn/churn-model.ts';
import { inDays } from '../../../domain/churn/customer-history.ts';
import type { ChurnFigures } from '../../../domain/churn/judge-churn.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export interface TrainedModel {
  asOf: Micros;
  model: ChurnModel;
  examples: number;
  churned: number;
  /** Of the model that had not seen what came; null: there was none, or nobody to judge it on. */
  figures: ChurnFigures | null;
}

export async function insertChurnModel(
  db: Queryable,
  { asOf, model, examples, churned, figures }: TrainedModel,
): Promise<void> {
  const row = {
    as_of: asOf,
    horizon_days: inDays(model.state.context.horizon),
    kind: model.kind,
    examples,
    churned,
    effects: model.effects().map(({ oddsRatio, ...effect }) => ({ ...effect, odds_ratio: oddsRatio })),
    judged: figures?.judged ?? 0,
    auc: figures?.auc ?? null,
    auc_low: figures?.aucInterval?.low ?? null,
    auc_high: figures?.aucInterval?.high ?? null,
    recency_auc: figures?.recencyAuc ?? null,
    ece: figures?.ece ?? null,
    brier: figures?.brier ?? null,
    state: model.state,
  };
  await db.query({
    name: 'insert_churn_model',
    text: `INSERT INTO churn_models (as_of, horizon_days, kind, examples, churned, effects, judged, auc, auc_low, auc_high,
                                     recency_auc, ece, brier, state)
           SELECT ${micros('e.as_of')}, e.horizon_days, e.kind, e.examples, e.churned, e.effects, e.judged, e.auc, e.auc_low,
                  e.auc_high, e.recency_auc, e.ece, e.brier, e.state
           FROM jsonb_to_record($1::jsonb) AS e (
             as_of text, horizon_days float8, kind text, examples integer, churned integer, effects jsonb, judged integer,
             auc float8, auc_low float8, auc_high float8, recency_auc float8, ece float8, brier float8, state jsonb)`,
    values: [JSON.stringify(row)],
  });
}

/** The latest model of a time not after `at`, for a horizon; null: there is none. */
export async function readChurnModel(
  db: Queryable,
  at: Micros,
  horizon: Micros,
): Promise<ChurnModelState | null> {
  const { rows } = await db.query<{ state: ChurnModelState }>({
    name: 'read_churn_model',
    text: `SELECT state FROM churn_models WHERE as_of <= ${micros('$1::text')} AND horizon_days = $2
           ORDER BY as_of DESC LIMIT 1`,
    values: [at, inDays(horizon)],
  });
  return rows[0]?.state ?? null;
}
