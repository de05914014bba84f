import { parseObject } from './targets.ts';

const LONGEST_ID = 200;

/** The id of the action that one of our buttons is about; null when it is none. */
export function readActionTarget(value: string): string | null {
  const id = parseObject(value)?.x;
  return typeof id === 'string' && id !== '' && id.length <= LONGEST_ID ? id : null;
}
