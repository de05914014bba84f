import { compress as compressZstd, decompress as decompressZstd } from '@mongodb-js/zstd';
import kafkajs from 'kafkajs';
import { compressFrame, decompressFrame } from 'lz4-napi';
import snappy from 'snappy';

const { CompressionCodecs, CompressionTypes } = kafkajs;

/** What kafkajs hands over for compression: its own growing buffer. */
interface Encoder {
  buffer: Buffer;
}

/** The header snappy-java puts before blocks; the Java client sends it, librdkafka sends plain snappy. */
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

async function uncompressSnappy(buffer: Buffer): Promise<Buffer> {
  if (!buffer.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) {
    return Buffer.from(await snappy.uncompress(buffer, { asBuffer: true }));
  }
  const blocks: Buffer[] = [];
  for (let at = XERIAL_HEADER_BYTES; at < buffer.length; ) {
    const size = buffer.readUInt32BE(at);
    at += 4;
    blocks.push(Buffer.from(await snappy.uncompress(buffer.subarray(at, at + size), { asBuffer: true })));
    at += size;
  }
  return Buffer.concat(blocks);
}

/**
 * Teaches kafkajs the codecs it names but does not bring: snappy, lz4 and zstd (gzip is built in). Producers choose
 * the compression, so a consumer that lacks one stops at the first such batch.
 */
export function registerCodecs(): void {
  CompressionCodecs[CompressionTypes.Snappy] = () => ({
    compress: async (encoder: Encoder) => Buffer.from(await snappy.compress(encoder.buffer)),
    decompress: uncompressSnappy,
  });
  CompressionCodecs[CompressionTypes.LZ4] = () => ({
    compress: (encoder: Encoder) => compressFrame(encoder.buffer),
    decompress: (buffer: Buffer) => decompressFrame(buffer),
  });
  // A library that needs to be told the size of the content will not do: the Java client does not write it.
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: (encoder: Encoder) => compressZstd(encoder.buffer),
    decompress: (buffer: Buffer) => decompressZstd(buffer),
  });
}
