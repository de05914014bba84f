import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

export interface LoggerOptions {
  program: string;
  level: string;
}

const SECRETS = [
  'password',
  'token',
  'secret',
  'authorization',
  'signingSecret',
  'botToken',
  'appToken',
  'apiToken',
];

/** JSON lines on stdout; what is named like a secret is never written. */
export function createLogger(options: LoggerOptions): Logger {
  return pino({
    name: options.program,
    level: options.level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
  });
}
