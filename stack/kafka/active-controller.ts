import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const DESCRIBE_QUORUM = 55;
const METADATA_LOG = '__cluster_metadata';

/**
 * The node that is the active controller, as a broker of the cluster knows it; undefined while there is none, or when
 * this broker does not answer in time. The controller that Kafka's metadata names to clients is any broker: only the
 * quorum itself knows, and kafkajs has no words to ask it.
 */
export async function activeController(broker: string, timeoutMs = 5_000): Promise<number | undefined> {
  const colon = broker.lastIndexOf(':');
  const socket = connect({ host: broker.slice(0, colon), port: Number(broker.slice(colon + 1)) });
  socket.setTimeout(timeoutMs, () =>
    socket.destroy(new Error(`no answer from ${broker} in ${timeoutMs} ms`)),
  );
  try {
    await once(socket, 'connect');
    socket.write(request());
    return leaderIn(await answerFrom(socket));
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

/** DescribeQuorum, version 0, of the one partition there is. */
function request(): Buffer {
  const clientId = Buffer.from('holdfast');
  const body = Buffer.concat([
    int16(DESCRIBE_QUORUM),
    int16(0),
    int32(1), // correlation
    int16(clientId.length),
    clientId,
    noTags,
    compactLength(1), // topics
    compactLength(METADATA_LOG.length),
    Buffer.from(METADATA_LOG),
    compactLength(1), // partitions
    int32(0),
    noTags,
    noTags,
    noTags,
  ]);
  return Buffer.concat([int32(body.length), body]);
}

async function answerFrom(socket: Socket): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of socket) {
    bytes = Buffer.concat([bytes, chunk as Buffer]);
    if (bytes.length >= 4 && bytes.length >= 4 + bytes.readInt32BE(0)) return bytes.subarray(4);
  }
  throw new Error('the connection was closed before the answer');
}

/** Correlation, tags, error; then, of one topic with one partition: name, index, error, leader. */
function leaderIn(answer: Buffer): number | undefined {
  const error = answer.readInt16BE(5);
  if (error !== 0) return undefined;
  const partition = 7 + 1 + 1 + METADATA_LOG.length + 1;
  const partitionError = answer.readInt16BE(partition + 4);
  const leader = answer.readInt32BE(partition + 6);
  return partitionError === 0 && leader >= 0 ? leader : undefined;
}

const noTags = Buffer.from([0]);

function compactLength(length: number): Buffer {
  return Buffer.from([length + 1]);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
