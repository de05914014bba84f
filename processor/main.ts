import { systemClock } from '../platform/clock/clock.ts';
import { configOrExit } from '../platform/config/environment.ts';
import { ErrorCounts } from '../platform/errors/error-counts.ts';
import { runUntilSignal } from '../platform/lifecycle/run-until-signal.ts';
import { createLogger } from '../platform/logger/logger.ts';
import { startProcessor } from './start.ts';

const STOP_WITHIN_MS = 9000;

const config = configOrExit();
const errors = new ErrorCounts('processor', Date.now);
const logger = createLogger({ program: 'processor', level: config.logLevel, errors });

try {
  const processor = await startProcessor(config, logger, systemClock, errors);
  runUntilSignal(logger, processor.stop, { deadlineMs: STOP_WITHIN_MS });
} catch (error) {
  logger.fatal({ err: error }, error instanceof Error ? error.message : 'could not start');
  process.exit(1);
}
