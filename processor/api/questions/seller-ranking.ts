import { z } from 'zod';
import { next } from '../answers.ts';
import { nowhere, question } from '../question.ts';
import { pageOf, readCursor } from '../request/cursor.ts';
import { month, paging } from '../request/parameters.ts';
import { scoreJson, scoreMembers } from '../seller-score-answer.ts';
import { lastScoredMonth, sellerRanking, sellersOfTheMonth } from '../sql/seller-scores.ts';

export const ranking = question({
  name: 'SellerRanking',
  path: '/api/v1/sellers/ranking',
  summary: 'Sellers by score, with its three parts, and the seller of the month',
  description:
    'Each part is from 0 to 1 and shrunk towards the mean of all sellers for few orders; the score is their weighted mean. A month stands as it did at its end; the running one as of the last day that is over.',
  place: nowhere,
  query: z.strictObject({
    month: month.optional().describe('Unless given: the last one with scores.'),
    ...paging,
  }),
  answer: z.object({
    month: z.string().nullable().describe('YYYY-MM; null: there are no scores yet.'),
    sellers_of_the_month: z
      .array(z.string())
      .describe('Their seller_id: several where they are equal, none while nobody has enough orders.'),
    items: z.array(z.object({ seller_id: z.string(), ...scoreMembers })),
    next,
  }),
  async ask({ db, linkTo }, query) {
    const after = readCursor(query.cursor, ['integer', 'string']) as [number, string] | null;
    const asked = query.month === undefined ? await lastScoredMonth(db) : `${query.month}-01`;
    if (asked === null) return { month: null, sellers_of_the_month: [], items: [], next: null };
    const rows = await sellerRanking(db, asked, after, query.limit + 1);
    const best = await sellersOfTheMonth(db, asked);
    const { items, cursor } = pageOf(rows, query.limit, (row) => [row.rank, row.seller_id]);
    const shown = asked.slice(0, 7);
    return {
      month: shown,
      sellers_of_the_month: best.map((row) => row.seller_id),
      items: items.map((row) => ({ seller_id: row.seller_id, ...scoreJson(row) })),
      next: cursor === null ? null : linkTo({ month: shown, cursor }),
    };
  },
});
