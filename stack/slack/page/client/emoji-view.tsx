import { emojiCharacter } from './emoji.ts';
import { emojiDrawings } from './emoji-drawings.tsx';

/** An emoji by name; a drawing where there is one, so that alerts look alike on machines without an emoji font. */
export function Emoji({ name }: { name: string }) {
  const label = `:${name}:`;
  const drawing = Object.hasOwn(emojiDrawings, name) ? emojiDrawings[name] : undefined;
  if (drawing !== undefined) {
    return (
      <svg className="emoji" viewBox="0 0 20 20" role="img" aria-label={label}>
        <title>{label}</title>
        {drawing}
      </svg>
    );
  }
  const character = emojiCharacter(name);
  if (character === null) return label;
  return (
    <span className="emoji-character" role="img" aria-label={label} title={label}>
      {character}
    </span>
  );
}
