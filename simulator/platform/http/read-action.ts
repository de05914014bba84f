import { z } from 'zod';
import { ACTIONS } from '../../../domain/response/action.ts';
import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import type { ActionRequest } from '../actions/carry-out.ts';

const time = z
  .string()
  .refine((text) => parseIso8601(text) !== null, 'must be an ISO 8601 time with an offset');

const action = z.object({
  data: z.object({
    action_id: z.string().min(1),
    action: z.enum(ACTIONS),
    target: z.object({
      region: z.string().optional(),
      restaurant: z.string().optional(),
      method: z.string().optional(),
      customer: z.string().optional(),
    }),
    parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
    incident_id: z.string().nullable().default(null),
    decided_at: time.optional(),
    valid_until: time.nullable().default(null),
  }),
});

/**
 * Reads the body of a webhook that asks for an action.
 *
 * @returns the action, or what is wrong with the body
 */
export function readAction(body: Buffer): ActionRequest | { problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(body.toString());
  } catch {
    return { problem: 'The body is not JSON.' };
  }
  const parsed = action.safeParse(json);
  if (parsed.success) {
    const { action_id, action: name, target, parameters, valid_until } = parsed.data.data;
    return { action_id, action: name, target: target as ActionRequest['target'], parameters, valid_until };
  }
  const [issue] = parsed.error.issues;
  return { problem: `${issue?.path.join('.') || 'The body'}: ${issue?.message ?? 'is wrong'}.` };
}
