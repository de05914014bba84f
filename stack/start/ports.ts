import { createServer } from 'node:net';
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
export function portIsFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Ports that were free a moment ago, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
