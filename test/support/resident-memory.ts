import type { ProcessorProcess } from './processor-process.ts';

const EVERY_MS = 200;

/** Watches a process's memory. Call the result to end it and learn the most it had, in MiB; 0 without /proc. */
export function watchMemory(processor: ProcessorProcess): () => number {
  let most = 0;
  const look = () => {
    most = Math.max(most, processor.residentBytes() ?? 0);
  };
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    look();
    return Math.round(most / 1024 / 1024);
  };
}
