import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts, portIsFree, requireFreePorts } from './ports.ts';

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

test('every taken port is named with the variable that changes it', async () => {
  const [first, second] = [await takenPort(), await takenPort()];
  const [free] = (await freePorts(1)) as [number];
  const check = requireFreePorts([
    { port: first, purpose: 'database', variable: 'HOLDFAST_DATABASE_PORT' },
    { port: free, purpose: 'Kafka', variable: 'HOLDFAST_KAFKA_PORT' },
    { port: second, purpose: 'processor', variable: 'PROCESSOR_PORT' },
  ]);
  await expect(check).rejects.toThrow(
    [
      'Nothing was started:',
      `  port ${first} (database) is taken: free it, or choose another with HOLDFAST_DATABASE_PORT=<port>`,
      `  port ${second} (processor) is taken: free it, or choose another with PROCESSOR_PORT=<port>`,
    ].join('\n'),
  );
});

test('free ports differ and are free', async () => {
  const ports = await freePorts(3);
  expect(new Set(ports).size).toBe(3);
  expect(await Promise.all(ports.map((port) => portIsFree(port)))).toEqual([true, true, true]);
});
