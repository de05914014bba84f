import { z } from 'zod';
import { actionAnswer, actionJson } from '../action-answer.ts';
import {
  causeAnswer,
  findingAnswer,
  findingJson,
  incidentJson,
  incidentMembers,
} from '../incident-answer.ts';
import { Problem } from '../problem.ts';
import { question } from '../question.ts';
import { id } from '../request/parameters.ts';
import { actions } from '../sql/actions.ts';
import { findingsOfIncident } from '../sql/findings-of-incident.ts';
import { incidentOf } from '../sql/incidents.ts';

const MOST_ACTIONS = 200;

export const incident = question({
  name: 'Incident',
  path: '/api/v1/incidents/{incident_id}',
  summary: 'One incident: ranked causes with their evidence, findings, what was done and what that did',
  description:
    'Causes by probability, UNKNOWN among them; those of one incident add up to 1. Times are event time.',
  place: z.strictObject({ incident_id: id }),
  query: z.strictObject({}),
  answer: z.object({
    ...incidentMembers,
    causes: z.array(causeAnswer),
    findings: z.array(findingAnswer).describe('In the order in which they began.'),
    actions: z.array(actionAnswer).describe(`The newest first, at most ${MOST_ACTIONS}.`),
  }),
  notFound: 'There is no such incident.',
  async ask({ db }, { incident_id: incidentId }) {
    const row = await incidentOf(db, incidentId);
    if (row === null)
      throw new Problem(
        404,
        'No such incident',
        `There is no incident ${incidentId}; /api/v1/incidents lists those there are.`,
      );
    const findings = await findingsOfIncident(db, incidentId);
    const done = await actions(db, {
      incidentId,
      status: null,
      action: null,
      after: null,
      most: MOST_ACTIONS,
    });
    return {
      ...incidentJson(row),
      causes: row.causes.map(({ cause, probability, evidence }) => ({
        cause,
        probability,
        evidence: [...evidence],
      })),
      findings: findings.map(findingJson),
      actions: done.map(actionJson),
    };
  },
});
