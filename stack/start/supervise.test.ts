import { expect, test } from 'vitest';
import type { Exit } from './guarded-process.ts';
import { type Running, type Service, supervise } from './supervise.ts';

const crashed: Exit = { code: 1, signal: null };

/** A service whose runs end when the test says so. */
function fakeService(options: { failingLaunches?: number[]; mayFinish?: boolean } = {}) {
  const runs: { end: (exit: Exit) => void; stopped: boolean }[] = [];
  let launches = 0;
  const launch = async (): Promise<Running> => {
    launches += 1;
    if (options.failingLaunches?.includes(launches)) throw new Error('no luck\nsecond line');
    let end = (_exit: Exit) => {};
    const exited = new Promise<Exit>((resolve) => {
      end = resolve;
    });
    const run = { end, stopped: false };
    runs.push(run);
    const stop = async () => {
      run.stopped = true;
      end({ code: 0, signal: null });
    };
    return { pid: launches, exited, stop, kill: () => end({ code: null, signal: 'SIGKILL' }) };
  };
  const service: Service = {
    name: 'processor',
    launch,
    ...(options.mayFinish ? { mayFinish: true } : {}),
  };
  return { service, runs };
}

function superviseFake(fake: ReturnType<typeof fakeService>) {
  const events: string[] = [];
  const handle = supervise(fake.service, {
    onEvent: (text) => events.push(text),
    firstMs: 10,
    longestMs: 20,
  });
  return { handle, events };
}

test('a service that ends is started again, and people are told', async () => {
  const fake = fakeService();
  const { handle, events } = superviseFake(fake);
  await handle.ready;
  fake.runs[0]?.end(crashed);
  await expect.poll(() => fake.runs.length).toBe(2);
  fake.runs[1]?.end({ code: null, signal: 'SIGKILL' });
  await expect.poll(() => fake.runs.length).toBe(3);
  await expect.poll(() => events).toHaveLength(4);
  expect(events).toEqual([
    'processor ended (exit code 1); starting it again in 0.01 s',
    'processor is back',
    'processor ended (SIGKILL); starting it again in 0.02 s',
    'processor is back',
  ]);
  await handle.stop();
  expect(fake.runs[2]?.stopped).toBe(true);
});

test('a restart that fails is tried again', async () => {
  const fake = fakeService({ failingLaunches: [2] });
  const { handle, events } = superviseFake(fake);
  await handle.ready;
  fake.runs[0]?.end(crashed);
  await expect.poll(() => fake.runs.length).toBe(2);
  expect(events).toContain('processor did not start: no luck; starting it again in 0.02 s');
  await handle.stop();
});

test('a first launch that fails is reported and not repeated', async () => {
  const fake = fakeService({ failingLaunches: [1] });
  const { handle, events } = superviseFake(fake);
  await expect(handle.ready).rejects.toThrow('no luck');
  await handle.stop();
  expect(fake.runs).toHaveLength(0);
  expect(events).toEqual([]);
});

test('one that may finish is left alone when it has', async () => {
  const fake = fakeService({ mayFinish: true });
  const { handle, events } = superviseFake(fake);
  await handle.ready;
  fake.runs[0]?.end({ code: 0, signal: null });
  await expect.poll(() => events).toEqual(['processor has finished']);
  await handle.stop();
  expect(fake.runs).toHaveLength(1);
});

test('a stop while it waits to start again starts nothing', async () => {
  const fake = fakeService();
  const { handle } = superviseFake(fake);
  await handle.ready;
  fake.runs[0]?.end(crashed);
  await handle.stop();
  expect(fake.runs).toHaveLength(1);
});
