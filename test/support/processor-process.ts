import { onTestFinished } from 'vitest';
import { type Program, type ProgramProcess, startProgram } from './program-process.ts';

export type ProcessorProcess = ProgramProcess;

const PROCESSOR: Program = { name: 'processor', port: 'PROCESSOR_PORT' };

/** Starts `processor/main.ts`; see {@link startProgram}. Killed at the end of the test unless told otherwise. */
export function startProcessor(
  env: Readonly<Record<string, string>>,
  cleanUp: (undo: () => Promise<void>) => void = onTestFinished,
): Promise<ProcessorProcess> {
  return startProgram(PROCESSOR, env, cleanUp);
}

/** As {@link startProcessor}, and waits until it is ready. */
export async function startReadyProcessor(
  env: Readonly<Record<string, string>>,
  cleanUp?: (undo: () => Promise<void>) => void,
): Promise<ProcessorProcess> {
  const processor = await startProcessor(env, cleanUp);
  await processor.ready();
  return processor;
}
