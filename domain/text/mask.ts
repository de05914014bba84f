/**
 * Hides most of a personal text: the first characters stay, so that two can be told apart by who knows them.
 *
 * @param keep characters that stay
 */
export function mask(text: string, keep: number): string {
  const characters = [...text];
  return characters.length <= keep ? '***' : `${characters.slice(0, keep).join('')}***`;
}
