import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Experiment } from '../experiment.ts';

const HOUR_MS = 3_600_000;
const EACH_SECONDS = 5;
const PRELOAD = fileURLToPath(new URL('../stage/jumping-clock.mjs', import.meta.url));

const fileIn = (folder: string) => join(folder, 'clock-offset');

export const clockJumps: Experiment = {
  name: 'clock-jumps',
  does: `the clock of processor and alertbot jumps two hours ahead, three hours back, and into place, ${EACH_SECONDS} s each`,
  scene: {
    settings: (folder) => ({
      NODE_OPTIONS: `--import=${PRELOAD}`,
      CHAOS_CLOCK_FILE: fileIn(folder),
    }),
  },
  disturb: async ({ stage, fault, wait }) => {
    await mkdir(stage.folder, { recursive: true });
    for (const [what, offset] of [
      ['clock two hours ahead', 2 * HOUR_MS],
      ['clock an hour behind', -HOUR_MS],
    ] as const) {
      await fault(what, async () => {
        await writeFile(fileIn(stage.folder), String(offset));
        await wait(EACH_SECONDS);
      });
    }
    await writeFile(fileIn(stage.folder), '0');
  },
};
