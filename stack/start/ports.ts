import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { StartProblem } from './problem.ts';

export type PortUse = {
  readonly port: number;
  /** What would listen there. */
  readonly purpose: string;
  /** The environment variable that changes it. */
  readonly variable: string;
};

/** Throws one StartProblem that names every taken port and the variable that changes it. */
export async function requireFreePorts(uses: readonly PortUse[]): Promise<void> {
  const free = await Promise.all(uses.map(({ port }) => portIsFree(port)));
  const taken = uses.filter((_, index) => !free[index]);
  if (taken.length === 0) return;
  const lines = taken.map(
    ({ port, purpose, variable }) =>
      `  port ${port} (${purpose}) is taken: free it, or choose another with ${variable}=<port>`,
  );
  throw new StartProblem(['Nothing was started:', ...lines].join('\n'));
}

/** Whether nothing listens on this port of the loopback interface. Throws for anything but a taken port. */
export async function portIsFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  const server = await listenOn(port, host);
  if (server === null) return false;
  await new Promise((closed) => server.close(closed));
  return true;
}

/** Below the ports that systems give to outgoing connections (Linux: from 32768) and to who asks for any. */
const LOWEST = 15_000;
const HIGHEST = 32_000;
const MOST_TRIES = 1000;

/** Ports that were free a moment ago, all different, and that nobody is given who does not ask for them by number. */
export async function freePorts(count: number): Promise<number[]> {
  const held = new Map<number, Server>();
  for (let tries = 0; held.size < count && tries < MOST_TRIES; tries += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    const server = held.has(port) ? null : await listenOn(port);
    if (server !== null) held.set(port, server);
  }
  await Promise.all([...held.values()].map((server) => new Promise((closed) => server.close(closed))));
  if (held.size < count) throw new Error(`no ${count} free ports between ${LOWEST} and ${HIGHEST}`);
  return [...held.keys()];
}

/** Null for a port that is taken. */
function listenOn(port: number, host = '127.0.0.1'): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}
