import type { z } from 'zod';
import { badRequest } from '../problem.ts';

/** @throws {Problem} naming every parameter that is wrong, and those there are when one is unknown */
export function readParameters<S extends z.ZodObject>(schema: S, given: unknown): z.output<S> {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  throw badRequest(`${read.error.issues.map((issue) => sentence(issue, schema, given)).join('; ')}.`);
}

function sentence(issue: z.core.$ZodIssue, schema: z.ZodObject, given: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(schema.shape);
    const there = known.length === 0 ? 'there are none' : `there are ${known.join(', ')}`;
    return `${issue.keys.join(', ')} ${issue.keys.length === 1 ? 'is no parameter' : 'are no parameters'} of this path: ${there}`;
  }
  const name = issue.path.join('.');
  const isThere = typeof given === 'object' && given !== null && name in given;
  return `${name} ${isThere ? issue.message : 'is missing'}`;
}
