import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { correlation } from '../../../domain/delivery/correlation.ts';
import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import { DAY } from '../../../domain/time/micros.ts';
import { count, iso, time } from '../answers.ts';
import { badRequest, Problem } from '../problem.ts';
import { nowhere, question } from '../question.ts';
import { momentAskedFor } from '../request/as-of.ts';
import { id, moment } from '../request/parameters.ts';
import { type ReviewPair, reviewPairs } from '../sql/review-pairs.ts';

const USUAL_SPAN = 365 * DAY;

/** Ranking so many takes 0.3 s a measure, during which this process does nothing else. */
const MOST_PAIRS = 100_000;

const MEASURES = ['total', 'preparation', 'transit', 'promise_error'] as const;

const coefficient = z.number().min(-1).max(1).nullable();

export const reviewCorrelation = question({
  name: 'ReviewCorrelation',
  path: '/api/v1/reviews/correlation',
  summary: 'How review scores go together with speed, and with keeping the promise',
  description:
    'Over the last review (1 to 5) of each delivered order that was answered after from, up to to. Measures: total, purchase to delivery; preparation, approval to hand-over; transit, hand-over to delivery; promise_error, delivery less promise. A negative coefficient means: the longer, the worse the score.',
  place: nowhere,
  query: z.strictObject({
    from: moment.optional().describe('Unless given: 365 days before to.'),
    to: moment.optional().describe('Unless given: as far as event time has come.'),
    region: id.optional(),
    seller_id: id.optional(),
    category: id.optional(),
  }),
  answer: z.object({
    from: time.nullable(),
    to: time.nullable().describe('Null: no milestone of an order has been followed yet.'),
    reviews: count,
    mean_score: z.number().min(1).max(5).nullable(),
    measures: z.array(
      z.object({
        measure: z.enum(MEASURES),
        pairs: count.describe('Reviews of orders of which it is known.'),
        pearson: coefficient.describe('Linear; null: fewer than two pairs, or nothing varies.'),
        spearman: coefficient.describe('Of the ranks.'),
      }),
    ),
  }),
  async ask({ db }, query) {
    const to = await momentAskedFor(db, query.to);
    if (to === null) return { from: null, to: null, ...(await coefficients([])) };
    const from = (query.from === undefined ? null : parseIso8601(query.from)) ?? to - USUAL_SPAN;
    if (from >= to) throw badRequest(`from has to be before to, which is ${iso(to)}.`);
    const rows = await reviewPairs(db, {
      from,
      to,
      region: query.region ?? null,
      sellerId: query.seller_id ?? null,
      category: query.category ?? null,
      most: MOST_PAIRS + 1,
    });
    if (rows.length > MOST_PAIRS)
      throw new Problem(
        422,
        'Too many reviews',
        `More than ${MOST_PAIRS} reviews: ask for a shorter time, one region, seller_id or category.`,
      );
    return { from: iso(from), to: iso(to), ...(await coefficients(rows)) };
  },
});

async function coefficients(rows: readonly ReviewPair[]) {
  const measures = [];
  for (const measure of MEASURES) {
    const pairs = rows.flatMap((row): [number, number][] => {
      const seconds = row[measure];
      return seconds === null ? [] : [[seconds, row.score]];
    });
    measures.push({ measure, ...correlation(pairs) });
    await breathe();
  }
  return {
    reviews: rows.length,
    mean_score: rows.length === 0 ? null : rows.reduce((sum, { score }) => sum + score, 0) / rows.length,
    measures,
  };
}
