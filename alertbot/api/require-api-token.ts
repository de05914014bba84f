import type { RequestHandler } from 'express';
import { requireBearer } from '../../platform/http/require-bearer.ts';
import type { AlertbotContext } from '../context.ts';

/** Lets programs in that show HOLDFAST_API_TOKEN. */
export function requireApiToken({
  config,
  logger,
}: Pick<AlertbotContext, 'config' | 'logger'>): RequestHandler {
  return requireBearer({
    token: config.apiToken,
    variable: 'HOLDFAST_API_TOKEN',
    program: 'alertbot',
    logger,
  });
}
