import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** A registry with the runtime's own metrics (CPU, memory, event loop, GC) and build_info. */
export function createRegistry(program: string, version: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ program });
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'holdfast_build_info',
    help: 'Always 1; what is running is in the labels.',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ version, node: nodeVersion() }, 1);
  return registry;
}

function nodeVersion(): string {
  return process.versions.node;
}
