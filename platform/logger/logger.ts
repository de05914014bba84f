import { isSpanContextValid, trace } from '@opentelemetry/api';
import { type LogFn, type Logger as PinoLogger, pino } from 'pino';
import type { ErrorCounts } from '../errors/error-counts.ts';

export type Logger = PinoLogger;

export interface LoggerOptions {
  program: string;
  level: string;
  /** Counts what is logged as an error. */
  errors?: ErrorCounts;
}

const SECRETS = [
  'password',
  'passphrase',
  'token',
  'secret',
  'authorization',
  'signingSecret',
  'botToken',
  'appToken',
  'apiToken',
];

const WARN_LEVEL = pino.levels.values.warn ?? 40;
const ERROR_LEVEL = pino.levels.values.error ?? 50;

/** JSON lines on stdout, with the trace they belong to; what is named like a secret is never written. */
export function createLogger(options: LoggerOptions): Logger {
  const { errors } = options;
  return pino({
    name: options.program,
    level: options.level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: activeTrace,
    ...(errors === undefined ? {} : { hooks: { logMethod: countingErrors(errors) } }),
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
  });
}

function activeTrace(): Record<string, string> {
  const span = trace.getActiveSpan()?.spanContext();
  return span !== undefined && isSpanContextValid(span)
    ? { trace_id: span.traceId, span_id: span.spanId }
    : {};
}

/** Errors and fatal ones, and warnings that come with an error. */
function countingErrors(errors: ErrorCounts) {
  return function count(this: PinoLogger, args: Parameters<LogFn>, method: LogFn, level: number): void {
    const [bound, message] = typeof args[0] === 'string' ? [undefined, args[0]] : args;
    const error = (bound as { err?: unknown } | undefined)?.err;
    if (level >= ERROR_LEVEL || (error !== undefined && level >= WARN_LEVEL))
      errors.note(error, String(message ?? ''));
    method.apply(this, args);
  };
}
