import { emojiCharacter } from './emoji.ts';
import { unescapeText } from './mrkdwn.ts';

/** A text for where no element can stand: options of a select, placeholders, tooltips. */
export function plainTextOf(text: string): string {
  return unescapeText(text).replace(
    /:([a-z0-9_+-]+):/g,
    (whole, name: string) => emojiCharacter(name) ?? whole,
  );
}
