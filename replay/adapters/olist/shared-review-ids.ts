import type { Issue } from '../../report/issue.ts';
import type { AdapterContext } from '../adapter.ts';
import { FILES } from './tables.ts';

/** Reviews that have one id and are of different orders, which the data set has some hundred of: all are published. */
export async function* sharedReviewIds(context: AdapterContext): AsyncGenerator<Issue> {
  const byReview = context.sorter();
  for await (const rows of context.rows(FILES.reviews)) {
    for (const row of rows) {
      const id = row.cell('review_id').trim();
      const text = JSON.stringify([row.line, row.cell('order_id').trim()]);
      if (id !== '') await byReview.add(id, text);
    }
  }
  let first: { id: string; orderId: string } | undefined;
  for await (const { key: id, text } of byReview.sorted()) {
    const [line, orderId] = JSON.parse(text) as [number, string];
    if (first?.id !== id) {
      first = { id, orderId };
    } else if (first.orderId !== orderId) {
      yield {
        kind: 'SHARED_REVIEW_ID',
        file: FILES.reviews,
        line,
        detail: `review_id ${id} is also that of order ${first.orderId}`,
        row: 'published as it is',
        raw: null,
      };
    }
  }
}
