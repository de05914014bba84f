import { expect, test } from 'vitest';
import { partitionState } from '../../stack/kafka/partition-state.ts';
import { portIsFree } from '../../stack/start/ports.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { withAdmin } from '../support/kafka-client.ts';
import { installation } from '../support/npm-start.ts';
import { canListEnvironments } from '../support/processes.ts';

/** Three brokers and three programs start on what other tests leave of the machine. */
const PATIENCE_MS = 300_000;

/** Where ports of three brokers are free, each 10 above the one before; below those the system hands out. */
async function freeTens(): Promise<number> {
  return eventually('ports for three brokers', async () => {
    const first = 20_000 + 30 * Math.floor(Math.random() * 400);
    const all = [0, 1, 2].flatMap((kind) => [0, 10, 20].map((further) => first + kind + further));
    return (await Promise.all(all.map((port) => portIsFree(port)))).every(Boolean) && first;
  });
}

test.skipIf(!canListEnvironments)(
  'npm start with three brokers: topics of three copies, and a broker that is killed comes back (needs Linux)',
  async () => {
    const here = await installation();
    const database = await freshDatabase({ migrated: false });
    const first = await freeTens();
    const env = {
      DATABASE_URL: database.url,
      HOLDFAST_KAFKA_PORT: String(first),
      HOLDFAST_KAFKA_CONTROLLER_PORT: String(first + 1),
      HOLDFAST_KAFKA_METRICS_PORT: String(first + 2),
    };
    const run = here.start(['--brokers', '3', '--no-simulator'], { env });
    await run.printed(/ready in/, PATIENCE_MS);
    const brokers = [0, 10, 20].map((further) => `127.0.0.1:${first + further}`).join(',');
    expect(run.output()).toContain(brokers);

    await withAdmin(brokers, async (admin) => {
      await eventually('three copies of the orders', async () => {
        const { inSync } = await partitionState(admin, 'orders', 0);
        return inSync.length === 3;
      });
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: 2, name: 'orders', configNames: ['min.insync.replicas'] }],
      });
      expect(resources[0]?.configEntries).toMatchObject([{ configValue: '2', isDefault: false }]);
    });

    const broker = here
      .processes()
      .find((line) => /node-2\/server\.properties/.test(line) && /java/.test(line));
    process.kill(Number.parseInt(broker ?? '', 10), 'SIGKILL');
    await run.printed(/Kafka 2 is back/, PATIENCE_MS);

    run.signal('SIGTERM');
    expect((await run.end()).code).toBe(0);
    expect(here.processes()).toEqual([]);
  },
);
