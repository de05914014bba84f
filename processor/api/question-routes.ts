import { type NextFunction, type Request, type Response, Router } from 'express';
import { reading } from '../../platform/database/reading.ts';
import { codeOf } from '../../platform/errors/classify.ts';
import { sendProblem } from '../../platform/health/problem-json.ts';
import type { ProcessorContext } from '../context.ts';
import { Problem } from './problem.ts';
import type { Question } from './question.ts';
import { readParameters } from './request/read-parameters.ts';

/** Longest a statement of a question may occupy the database; set on the connections. */
export const STATEMENT_TIMEOUT_MS = 10_000;

const QUERY_CANCELED = '57014';
const RETRY_AFTER_SECONDS = '30';

export type AskingContext = Pick<ProcessorContext, 'questions' | 'config' | 'clock'>;

/** A GET route a question. */
export function questionRoutes(context: AskingContext, questions: readonly Question[]): Router {
  const router = Router();
  for (const one of questions) {
    const path = one.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router.get(path, (request, response) => answer(context, one, request, response));
  }
  router.use(sendProblems);
  return router;
}

async function answer(
  { questions: database, config, clock }: AskingContext,
  one: Question,
  request: Request,
  response: Response,
): Promise<void> {
  const parameters = {
    ...readParameters(one.place, request.params),
    ...readParameters(one.query, request.query),
  };
  const linkTo = (more: Readonly<Record<string, string>>) =>
    `${request.path}?${new URLSearchParams({ ...(request.query as Record<string, string>), ...more })}`;
  const body = await reading(database, (db) => one.ask({ db, config, clock, linkTo }, parameters));
  if (typeof body.next === 'string') response.setHeader('Link', `<${body.next}>; rel="next"`);
  response.json(body);
}

function sendProblems(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (error instanceof Problem) {
    sendProblem(response, error.status, error.title, error.message);
  } else if (codeOf(error) === QUERY_CANCELED) {
    response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
    const seconds = STATEMENT_TIMEOUT_MS / 1000;
    sendProblem(
      response,
      503,
      'Too slow',
      `The database has not answered within ${seconds} s. Ask for less (a shorter period, one region or seller), or again later.`,
    );
  } else next(error);
}
