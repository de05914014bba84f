import { parse } from 'node:querystring';

/** A request's body as the object Slack means; null when it is none. */
export function parseSlackBody(
  body: Buffer,
  contentType: string | undefined,
): Record<string, unknown> | null {
  const text = body.toString('utf8');
  if (contentType?.split(';')[0]?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    return parseObject(text);
  }
  const form = parse(text);
  return typeof form.payload === 'string' ? parseObject(form.payload) : { ...form };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
