import { z } from 'zod';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Config } from '../../platform/config/load.ts';
import type { Queryable } from '../../platform/database/database.ts';

export interface Asking {
  /** A transaction that can only read. */
  db: Queryable;
  config: Config;
  clock: Clock;
  /** The address of another page of the same list: its parameters are those of this request, with these on top. */
  linkTo: (parameters: Readonly<Record<string, string>>) => string;
}

/** Something that can be asked by GET: its schemas check the request, and describe request and answer in the document. */
export interface Question<
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  A extends z.ZodObject = z.ZodObject,
> {
  /** Of operation and answer in the document: letters only. */
  name: string;
  /** As OpenAPI writes it: `/api/v1/sellers/{seller_id}`. */
  path: string;
  /** One line. */
  summary: string;
  /** What is counted how. */
  description: string;
  /** Members of the path. */
  place: P;
  query: Q;
  answer: A;
  /** Whether it may answer 404, and when. */
  notFound?: string;
  ask(asking: Asking, parameters: z.output<P> & z.output<Q>): Promise<z.input<A>>;
}

/** Lets TypeScript find the types of a question out. */
export function question<P extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodObject>(
  one: Question<P, Q, A>,
): Question {
  // A list of questions knows only that each fits itself, which has just been checked.
  return one as unknown as Question;
}

/** For a path without members. */
export const nowhere = z.strictObject({});
