export type Voter = { readonly nodeId: number; readonly controllerPort: number };

export type BrokerShape = {
  readonly nodeId: number;
  readonly port: number;
  readonly controllerPort: number;
  /** Every controller of the cluster, this one included. */
  readonly voters: readonly Voter[];
  /** Where the broker keeps its log segments; absolute. */
  readonly logDir: string;
  /** Broker properties that win over the ones below. */
  readonly overrides: Readonly<Record<string, string>>;
};

const mebibyte = 1024 * 1024;

/** The broker's server.properties: a combined broker and controller on the loopback interface, without security. */
export function brokerProperties(shape: BrokerShape): string {
  const { nodeId, port, controllerPort, voters, logDir, overrides } = shape;
  const replicas = String(Math.min(voters.length, 3));
  const inSync = voters.length > 1 ? '2' : '1';
  const properties: Record<string, string> = {
    'process.roles': 'broker,controller',
    'node.id': String(nodeId),
    'controller.quorum.voters': voters.map((v) => `${v.nodeId}@127.0.0.1:${v.controllerPort}`).join(','),
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': logDir,

    // A misspelt topic must be an error, not a new empty topic: the processor creates the ones it reads.
    'auto.create.topics.enable': 'false',
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    // The default of 50 partitions each costs a first consumer over a second on a small machine.
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.num.partitions': '4',
    'group.initial.rebalance.delay.ms': '0',
    // A killed broker's successor waits until the old session has expired: 11.3 s to ready with the default of 9 s.
    'broker.session.timeout.ms': '4000',
    'broker.heartbeat.interval.ms': '500',

    // An input over the processor's limit has to get in, and then into the dead-letter topic with its headers.
    'message.max.bytes': String(8 * mebibyte),
    'replica.fetch.max.bytes': String(8 * mebibyte),
    // By size only: a replayed record of 2017 carries the time of 2017, and retention by age would delete it at once.
    'log.retention.ms': '-1',
    'log.retention.bytes': String(1024 * mebibyte),
    'log.segment.bytes': String(128 * mebibyte),
    // The default, 128 MiB, is a third of the heap.
    'log.cleaner.dedupe.buffer.size': String(16 * mebibyte),
    ...overrides,
  };
  return `${Object.entries(properties)
    .map(([name, value]) => `${name}=${value.replaceAll('\\', '\\\\')}`)
    .join('\n')}\n`;
}
