import { ensureRegistryApp } from '../../../stack/install/registry-app.mjs';
import type { Experiment } from '../experiment.ts';
import { untilReady } from '../stage/stage.ts';

const AWAY_SECONDS = 8;

export const registryOutage: Experiment = {
  name: 'registry-outage',
  does: `orders come as Avro, and the schema registry is killed for ${AWAY_SECONDS} s together with the processor, which then knows no schema`,
  scene: { registry: true },
  obstacle: () =>
    ensureRegistryApp({ say: console.error }).then(
      () => null,
      (error: unknown) =>
        `the schema registry is not here: ${error instanceof Error ? error.message : String(error)}`,
    ),
  disturb: async ({ stage, fault, wait }) => {
    const { registry, processor } = stage;
    if (registry === null) throw new Error('the scene has no schema registry');
    await fault('no schema registry', async () => {
      await registry.kill();
      processor.kill();
      await wait(AWAY_SECONDS);
      await registry.start();
    });
    await untilReady(processor);
  },
};
