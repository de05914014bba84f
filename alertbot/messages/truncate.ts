/** What stands where text was cut. */
export const ELLIPSIS = '…';

/** An entity or a mention of Slack's, or one character: what must not be cut in half. */
const PIECES = /&(?:amp|lt|gt);|<[^<>]*>|[\s\S]/gu;

/**
 * The text in at most `max` UTF-16 units, its end replaced by … when it is longer.
 *
 * Slack does not say whether it counts units or characters; there are never fewer units. Cuts between characters, and
 * not within `&amp;` or `<@U1>`.
 *
 * @param max at least 1
 */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = 0;
  for (const piece of text.slice(0, max + 1).matchAll(PIECES)) {
    const end = piece.index + piece[0].length;
    if (end > max - ELLIPSIS.length) break;
    kept = end;
  }
  // A piece that began within the slice and ends behind it was seen as single characters.
  const cut = text.slice(0, kept);
  return `${cut.slice(0, startOfOpenPiece(cut, text))}${ELLIPSIS}`;
}

/** Where an entity or mention begins that `cut` contains only the beginning of; its length when there is none. */
function startOfOpenPiece(cut: string, whole: string): number {
  for (const [opens, form] of [
    ['&', /^&(?:amp|lt|gt);/u],
    ['<', /^<[^<>]*>/u],
  ] as const) {
    const start = cut.lastIndexOf(opens);
    const piece = start < 0 ? null : form.exec(whole.slice(start));
    if (piece !== null && start + piece[0].length > cut.length) return start;
  }
  return cut.length;
}
