const LARGEST_RECORD = 1024 * 1024;
const DEEPEST_NESTING = 64;

/** The JSON value of a record's bytes; undefined when the outcome is PARSE_ERROR. */
export function readJson(value: Buffer | null): unknown {
  if (value === null || value.length === 0 || value.length > LARGEST_RECORD) return undefined;
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(value);
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  return levelsOf(text) > DEEPEST_NESTING || !isStorable(json) ? undefined : json;
}

/** How deep arrays and objects are nested in the text; a member that occurs twice counts both times. */
function levelsOf(text: string): number {
  let level = 0;
  let deepest = 0;
  let isInText = false;
  for (let i = 0; i < text.length; i += 1) {
    const one = text.charAt(i);
    if (isInText && one === '\\') i += 1;
    else if (one === '"') isInText = !isInText;
    else if (!isInText && (one === '[' || one === '{')) level += 1;
    else if (!isInText && (one === ']' || one === '}')) level -= 1;
    deepest = Math.max(deepest, level);
  }
  return deepest;
}

/** Whether all texts and names in it can be held by PostgreSQL. */
function isStorable(json: unknown): boolean {
  let level: unknown[] = [json];
  while (level.length > 0) {
    if (level.some((one) => typeof one === 'string' && !isStorableText(one))) return false;
    const containers = level.filter((one) => typeof one === 'object' && one !== null) as object[];
    if (containers.some((one) => !Array.isArray(one) && !Object.keys(one).every(isStorableText)))
      return false;
    level = containers.flatMap((one) => Object.values(one) as unknown[]);
  }
  return true;
}

function isStorableText(text: string): boolean {
  return !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
}
