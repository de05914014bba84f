import { messageOf } from '../../platform/errors/classify.ts';
import { EmbeddedTimescaleError } from '../timescale/errors.ts';
import { StartProblem } from './problem.ts';

/** The failure of a start as something a person can act on; what nobody foresaw stays as it is. */
export function explainStartFailure(error: unknown): unknown {
  if (error instanceof EmbeddedTimescaleError) {
    return new StartProblem(error.message, error.code === 'FAILED' ? 1 : undefined);
  }
  const code = (error as { code?: unknown }).code;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === '28P01' || code === '3D000') {
    return new StartProblem(
      `The database named by DATABASE_URL cannot be used (${messageOf(error)}). Correct it, or unset DATABASE_URL to use the embedded one.`,
    );
  }
  return error;
}
