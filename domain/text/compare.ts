const HIGH_SURROGATE = 0xd800;
const AFTER_SURROGATES = 0xe000;

/**
 * Compares two well-formed strings by code point: the order of their UTF-8 bytes, and so PostgreSQL's `COLLATE "C"`.
 *
 * JavaScript's `<` compares UTF-16 units and puts U+FF5E after an emoji, where PostgreSQL puts it before; rules that
 * break ties by id in both places would then disagree.
 */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xAstral = x >= HIGH_SURROGATE && x < AFTER_SURROGATES;
    const yAstral = y >= HIGH_SURROGATE && y < AFTER_SURROGATES;
    if (xAstral !== yAstral) return xAstral ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}
