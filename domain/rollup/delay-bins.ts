/** Bins grow by 5 %: their middle is at most 2.5 % from anything in them. */
const BASE = 1.05;
const LOG_BASE = Math.log(BASE);

/** The bin of everything that had no delay. */
export const NO_DELAY_BIN = -32_768;

/**
 * Bin of a delay in seconds: round(log(seconds) / log(1.05)). Counts by bin can be added over any span of time, which
 * percentiles cannot.
 */
export function delayBin(seconds: number): number {
  return seconds <= 0 ? NO_DELAY_BIN : Math.round(Math.log(seconds) / LOG_BASE);
}

/** The delay, in seconds, that a bin stands for. */
export function delayOfBin(bin: number): number {
  return bin === NO_DELAY_BIN ? 0 : BASE ** bin;
}
