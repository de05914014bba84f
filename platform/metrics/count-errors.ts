import { Counter, type Registry } from 'prom-client';
import type { ErrorCounts } from '../errors/error-counts.ts';

/** The metric of what {@link ErrorCounts} counts; those of before its start are not in it. */
export function countErrors(registry: Registry, errors: ErrorCounts): void {
  const counter = new Counter({
    name: 'holdfast_errors_total',
    help: 'Errors logged, by code: SQLSTATE, code of a socket or of a library, or the class.',
    labelNames: ['code'],
    registers: [registry],
  });
  errors.onError = (code) => counter.inc({ code });
}
