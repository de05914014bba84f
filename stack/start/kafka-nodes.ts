import type { Config } from '../../platform/config/load.ts';
import type { ClusterNode } from '../kafka/cluster.ts';
import type { PortUse } from './ports.ts';

/** The ports of each further broker are so much higher than those of the one before. */
const PORTS_APART = 10;

export type EmbeddedNode = ClusterNode & { readonly metricsPort: number };

/** The brokers of the embedded Kafka and their ports. */
export function kafkaNodes({ ports }: Pick<Config, 'ports'>, count: number): EmbeddedNode[] {
  return Array.from({ length: count }, (_, index) => ({
    nodeId: index + 1,
    port: ports.kafka + index * PORTS_APART,
    controllerPort: ports.kafkaController + index * PORTS_APART,
    metricsPort: ports.kafkaMetrics + index * PORTS_APART,
  }));
}

/** What KAFKA_BROKERS takes, one for each. */
export function brokerAddresses(nodes: readonly EmbeddedNode[]): string[] {
  return nodes.map(({ port }) => `127.0.0.1:${port}`);
}

/** The ports they are going to listen on, with the variables these are counted from. */
export function kafkaPortUses(nodes: readonly EmbeddedNode[]): PortUse[] {
  return nodes.flatMap(({ nodeId, port, controllerPort, metricsPort }) => {
    const which = nodes.length === 1 ? '' : `, broker ${nodeId}`;
    return [
      { port, purpose: `Kafka${which}`, variable: 'HOLDFAST_KAFKA_PORT' },
      {
        port: controllerPort,
        purpose: `Kafka controller${which}`,
        variable: 'HOLDFAST_KAFKA_CONTROLLER_PORT',
      },
      { port: metricsPort, purpose: `metrics of Kafka${which}`, variable: 'HOLDFAST_KAFKA_METRICS_PORT' },
    ];
  });
}
