import { isObject, type JsonObject } from '../json.ts';
import type { Problems } from './problems.ts';

export interface Place {
  /** JSON pointer of the object that is looked at. */
  at: string;
  problems: Problems;
}

export function below(place: Place, step: string | number): Place {
  return { ...place, at: `${place.at}/${step}` };
}

/** Reports a field that is there and no string, or too long. An empty one counts only where it is `required`. */
export function checkString(
  object: JsonObject,
  field: string,
  limit: { max: number; required?: boolean },
  place: Place,
): void {
  const value = object[field];
  if (value === undefined || value === null) {
    if (limit.required === true) place.problems.add(place.at, `missing required field: ${field}`);
    return;
  }
  const here = `${place.at}/${field}`;
  if (typeof value !== 'string') place.problems.add(here, 'must be a string');
  else if (value.length > limit.max) {
    place.problems.add(here, `must be less than ${limit.max + 1} characters`);
  } else if (limit.required === true && value === '') {
    place.problems.add(here, 'must be more than 0 characters');
  }
}

/** The items of a list within its limits, each with its place; none when it is no list. */
export function checkList(
  object: JsonObject,
  field: string,
  limit: { min?: number; max: number; required?: boolean },
  place: Place,
): { item: unknown; place: Place }[] {
  const list = object[field];
  const here = below(place, field);
  if (list === undefined) {
    if (limit.required !== false) place.problems.add(place.at, `missing required field: ${field}`);
    return [];
  }
  if (!Array.isArray(list)) {
    place.problems.add(here.at, 'must be an array');
    return [];
  }
  const min = limit.min ?? 1;
  if (list.length < min) place.problems.add(here.at, `no fewer than ${min} items allowed`);
  if (list.length > limit.max) place.problems.add(here.at, `no more than ${limit.max} items allowed`);
  return list.map((item: unknown, index) => ({ item, place: below(here, index) }));
}

/** The value as an object; reports what is not one. */
export function checkObject(value: unknown, place: Place): JsonObject | null {
  if (isObject(value)) return value;
  place.problems.add(place.at, 'must be an object');
  return null;
}

export function checkOneOf(
  object: JsonObject,
  field: string,
  allowed: readonly unknown[],
  place: Place,
): void {
  const value = object[field];
  if (value === undefined || allowed.includes(value)) return;
  place.problems.add(`${place.at}/${field}`, `must be one of: ${allowed.join(', ')}`);
}
