import { writeSampleHistory } from './write-sample-history.ts';

const SAMPLE = { seed: '1', orders: 2_000, from: '2017-01-01', days: 120, brokenRows: true } as const;

/** The made-up history for newcomers: always the same. @returns its folder */
export async function sampleHistory(dir: string): Promise<string> {
  await writeSampleHistory(dir, SAMPLE);
  return dir;
}
