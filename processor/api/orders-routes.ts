import { Router } from 'express';
import { MAX_ID_LENGTH } from '../../domain/records/typed-members.ts';
import { mask } from '../../domain/text/mask.ts';
import { sendProblem } from '../../platform/health/problem-json.ts';
import type { ProcessorContext } from '../context.ts';
import { orderTimeline } from '../sql/order-timeline.ts';

/** `GET /:id`: an order with its events, holds and alerts. */
export function ordersRoutes({
  questions: database,
  config,
}: Pick<ProcessorContext, 'questions' | 'config'>): Router {
  const router = Router();
  router.get('/:id', async (request, response) => {
    const orderId = request.params.id;
    if ([...orderId].length > MAX_ID_LENGTH || orderId.includes('\u0000')) {
      sendProblem(response, 400, 'Bad request', `An order id has at most ${MAX_ID_LENGTH} characters.`);
      return;
    }
    const timeline = await orderTimeline(database, orderId);
    if (timeline === null) {
      sendProblem(response, 404, 'No such order', `No event of order ${orderId} has been stored.`);
      return;
    }
    response.json({
      ...timeline,
      order: config.showPersonalData ? timeline.order : maskPersonal(timeline.order),
      holds: config.showPersonalData ? timeline.holds : timeline.holds.map(maskEvidence),
      alerts: config.showPersonalData ? timeline.alerts : timeline.alerts.map(maskEvidence),
    });
  });
  return router;
}

const KEPT_CHARACTERS = 3;

function maskPersonal(row: Record<string, unknown>): Record<string, unknown> {
  const masked = { ...row };
  for (const name of ['user_id', 'shipping_address']) {
    if (typeof masked[name] === 'string') masked[name] = mask(masked[name], KEPT_CHARACTERS);
  }
  return masked;
}

function maskEvidence(row: Record<string, unknown>): Record<string, unknown> {
  return { ...row, evidence: maskPersonal((row.evidence ?? {}) as Record<string, unknown>) };
}
