import { z } from 'zod';
import { CAUSES } from '../../../domain/causes/cause.ts';
import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import { next } from '../answers.ts';
import { incidentJson, incidentMembers } from '../incident-answer.ts';
import { nowhere, question } from '../question.ts';
import { pageOf, readCursor } from '../request/cursor.ts';
import { id, moment, oneOf, paging } from '../request/parameters.ts';
import { incidents as select } from '../sql/incidents.ts';

export const incidents = question({
  name: 'Incidents',
  path: '/api/v1/incidents',
  summary: 'What was unusual on the platform, with its cause; the newest first',
  description:
    'An incident is findings of the detectors that belong together by place and time. Times are event time.',
  place: nowhere,
  query: z.strictObject({
    state: oneOf(['open', 'over']).optional().describe('open: a finding of it lasts.'),
    region: id.optional().describe('Only incidents bounded to this region.'),
    cause: oneOf(CAUSES).optional().describe('Only incidents with this cause.'),
    severity: oneOf(['warning', 'critical']).optional(),
    from: moment.optional().describe('Opened then, or later.'),
    to: moment.optional().describe('Opened before then.'),
    ...paging,
  }),
  answer: z.object({ items: z.array(z.object(incidentMembers)), next }),
  async ask({ db, linkTo }, query) {
    const after = readCursor(query.cursor, ['number', 'string']) as [number, string] | null;
    const rows = await select(db, {
      state: query.state ?? null,
      region: query.region ?? null,
      cause: query.cause ?? null,
      severity: query.severity ?? null,
      from: query.from === undefined ? null : parseIso8601(query.from),
      to: query.to === undefined ? null : parseIso8601(query.to),
      after,
      most: query.limit + 1,
    });
    const { items, cursor } = pageOf(rows, query.limit, (row) => [row.opened_at, row.incident_id]);
    return { items: items.map(incidentJson), next: cursor === null ? null : linkTo({ cursor }) };
  },
});
