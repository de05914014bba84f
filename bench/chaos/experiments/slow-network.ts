import type { Experiment } from '../experiment.ts';

const SLOW_SECONDS = 15;
const ROUND_TRIP_MS = 150;
const BYTES_A_SECOND = 256 * 1024;

export const slowNetwork: Experiment = {
  name: 'slow-network',
  does: `${ROUND_TRIP_MS} ms of round trip and ${BYTES_A_SECOND / 1024} kB/s to broker and database for ${SLOW_SECONDS} s, then both wires cut for 3 s`,
  scene: { wires: true },
  disturb: async ({ stage, fault, wait }) => {
    const wires = Object.values(stage.wires ?? {});
    await fault('slow network', async () => {
      for (const wire of wires) {
        wire.delay(ROUND_TRIP_MS);
        wire.limit(BYTES_A_SECOND);
      }
      await wait(SLOW_SECONDS);
      for (const wire of wires) {
        wire.delay(0);
        wire.limit(null);
      }
    });
    await fault('no network', async () => {
      await Promise.all(wires.map((wire) => wire.cut()));
      await wait(3);
      await Promise.all(wires.map((wire) => wire.mend()));
    });
  },
};
