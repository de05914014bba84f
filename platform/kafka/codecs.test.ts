import { randomBytes } from 'node:crypto';
import kafkajs from 'kafkajs';
import snappy from 'snappy';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerCodecs } from './codecs.ts';

const { CompressionCodecs, CompressionTypes } = kafkajs;

interface Codec {
  compress(encoder: { buffer: Buffer }): Promise<Buffer>;
  decompress(buffer: Buffer): Promise<Buffer>;
}

const codec = (type: number): Codec => (CompressionCodecs[type as 2] as () => Codec)();

const CONTENTS: readonly (readonly [name: string, content: Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.from([7])],
  ['a few megabytes of one letter', Buffer.alloc(5_000_000, 'a')],
  ['noise over many blocks', randomBytes(1_000_000)],
];

/** As snappy-java frames it: a header, then blocks, each with its length. */
async function xerial(content: Buffer, blockBytes: number): Promise<Buffer> {
  const parts = [Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1])];
  for (let at = 0; at < content.length; at += blockBytes) {
    const block = Buffer.from(await snappy.compress(content.subarray(at, at + blockBytes)));
    const size = Buffer.alloc(4);
    size.writeUInt32BE(block.length);
    parts.push(size, block);
  }
  return Buffer.concat(parts);
}

beforeAll(() => registerCodecs());

describe.each([
  ['snappy', CompressionTypes.Snappy],
  ['lz4', CompressionTypes.LZ4],
  ['zstd', CompressionTypes.ZSTD],
])('%s', (_name, type) => {
  it.each(CONTENTS)('%s comes back', async (_what, content) => {
    const compressed = await codec(type).compress({ buffer: content });
    expect(Buffer.compare(await codec(type).decompress(compressed), content)).toBe(0);
  });

  it('several at once do not mix', async () => {
    const contents = Array.from({ length: 20 }, (_, index) => Buffer.alloc(100_000 + index, index));
    const back = await Promise.all(
      contents.map(async (content) =>
        codec(type).decompress(await codec(type).compress({ buffer: content })),
      ),
    );
    expect(back.map((one, index) => Buffer.compare(one, contents[index] ?? one))).toEqual(
      contents.map(() => 0),
    );
  });

  it('garbage is an error', async () => {
    await expect(codec(type).decompress(Buffer.from('this was never compressed'))).rejects.toThrow();
  });
});

it('zstd is read where the frame does not tell the size of a content far larger', async () => {
  // 20 MiB of "a": magic number, a descriptor without content size, a window of 2 MiB, then RLE
  // blocks of 128 KiB (size << 3 | type RLE << 1 | last) of the byte.
  const block = (last: boolean) => {
    const header = Buffer.alloc(4, 'a');
    header.writeUIntLE((131_072 << 3) | (1 << 1) | (last ? 1 : 0), 0, 3);
    return header;
  };
  const frame = Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]),
    ...Array.from({ length: 160 }, (_, index) => block(index === 159)),
  ]);
  const content = await codec(CompressionTypes.ZSTD).decompress(frame);
  expect(Buffer.compare(content, Buffer.alloc(160 * 131_072, 'a'))).toBe(0);
});

it.each(CONTENTS)('snappy in the blocks of snappy-java: %s', async (_what, content) => {
  const framed = await xerial(content, 32 * 1024);
  expect(Buffer.compare(await codec(CompressionTypes.Snappy).decompress(framed), content)).toBe(0);
});
