import { z } from 'zod';
import { ACTION_STATUSES, ACTIONS } from '../../../domain/response/action.ts';
import { actionAnswer, actionJson } from '../action-answer.ts';
import { next } from '../answers.ts';
import { nowhere, question } from '../question.ts';
import { pageOf, readCursor } from '../request/cursor.ts';
import { id, oneOf, paging } from '../request/parameters.ts';
import { actions as select } from '../sql/actions.ts';

export const actions = question({
  name: 'Actions',
  path: '/api/v1/actions',
  summary: 'What was done automatically about incidents, with its approval and its effect; the newest first',
  description:
    'What is sent to single customers is not here: promotions are judged as a whole. Actions are approved and rejected at the alertbot.',
  place: nowhere,
  query: z.strictObject({
    incident_id: id.optional(),
    status: oneOf(ACTION_STATUSES).optional().describe('PROPOSED: those that wait for an approval.'),
    action: oneOf(ACTIONS).optional(),
    ...paging,
  }),
  answer: z.object({ items: z.array(actionAnswer), next }),
  async ask({ db, linkTo }, query) {
    const after = readCursor(query.cursor, ['number', 'string']) as [number, string] | null;
    const rows = await select(db, {
      incidentId: query.incident_id ?? null,
      status: query.status ?? null,
      action: query.action ?? null,
      after,
      most: query.limit + 1,
    });
    const { items, cursor } = pageOf(rows, query.limit, (row) => [row.at, row.action_id]);
    return { items: items.map(actionJson), next: cursor === null ? null : linkTo({ cursor }) };
  },
});
