const TIMES = ['occurred_at', 'last_occurred_at', 'event_produced_at', 'created_at'];

/**
 * The record as its producer would have sent it with a clock that is off; what is no JSON object, or has no such time,
 * stays as it is.
 */
export function shiftTimes(value: Buffer | null, offsetMs: number): Buffer | null {
  const members = objectIn(value);
  if (members === null) return value;
  for (const name of TIMES) {
    const said = members[name];
    const at = typeof said === 'string' ? Date.parse(said) : Number.NaN;
    if (!Number.isNaN(at)) members[name] = new Date(at + offsetMs).toISOString();
  }
  return Buffer.from(JSON.stringify(members));
}

function objectIn(value: Buffer | null): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(String(value));
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
