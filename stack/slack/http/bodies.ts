import { z } from 'zod';
import { badRequest } from '../interact/refusal.ts';

const text = z.string();
const id = z.string().min(1);
const option = z.union([text, z.looseObject({ value: text })]);
const values = z.record(text, z.record(text, z.looseObject({ type: text })));

/** The bodies of `/standin/...`. */
export const BODIES = {
  act: z.object({
    user_id: id,
    channel: id.optional(),
    message_ts: id.optional(),
    view_id: id.optional(),
    block_id: id,
    action_id: id,
    value: text.optional(),
    selected_option: option.optional(),
    selected_options: z.array(option).optional(),
    selected_user: text.optional(),
    selected_users: z.array(text).optional(),
    selected_channel: text.optional(),
    selected_conversation: text.optional(),
    selected_date: text.nullable().optional(),
    selected_time: text.nullable().optional(),
    selected_date_time: z.number().nullable().optional(),
    values: values.optional(),
  }),
  submit: z.object({ user_id: id, view_id: id, values: values.default({}) }),
  close: z.object({ user_id: id, view_id: id }),
  command: z.object({ user_id: id, channel: id, command: id, text: text.default('') }),
  post: z.object({ user_id: id, channel: id, text: id, thread_ts: id.optional() }),
  delete: z.object({ channel: id, ts: id }),
  home: z.object({ user_id: id }),
  archive: z.object({ channel: id, archived: z.boolean() }),
  fault: z.intersection(
    z.object({
      id: id.optional(),
      method: id.optional(),
      channel: id.optional(),
      remaining: z.int().positive().optional(),
    }),
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('ratelimited'), retry_after: z.number().positive().optional() }),
      z.object({ kind: z.literal('http'), status: z.int().min(400).max(599) }),
      z.object({ kind: z.literal('drop_after_store') }),
      z.object({ kind: z.literal('drop_before_store') }),
      z.object({ kind: z.literal('lose') }),
      z.object({ kind: z.literal('latency'), ms: z.number().nonnegative() }),
      z.object({ kind: z.literal('error'), error: id }),
      z.object({ kind: z.literal('duplicate_clicks'), times: z.int().min(1).max(100) }),
    ]),
  ),
} as const;

/**
 * Reads a body.
 *
 * @throws {Refusal} naming every member that is wrong
 */
export function readBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  throw badRequest(
    read.error.issues.map(({ path, message }) => `${path.join('.') || 'The body'}: ${message}`).join('; '),
  );
}
