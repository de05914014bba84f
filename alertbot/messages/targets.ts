/** What a button about one alert carries: which, and as of which version. */
export interface AlertTarget {
  a: number;
  v: number;
}

/** What a button about a whole group carries: the message. Its members are looked up when it is pressed. */
export interface GroupTarget {
  m: number;
}

/** What a button that turns a page carries: the message, and the page it leads to. */
export interface PageTarget extends GroupTarget {
  p: number;
}

/** Reads the value of one of our buttons; null when it is none. */
export function readTarget(value: string): AlertTarget | GroupTarget | PageTarget | null {
  const parsed = parseObject(value);
  if (isAlertTarget(parsed)) return { a: parsed.a, v: parsed.v };
  if (!isGroupTarget(parsed)) return null;
  const { p } = parsed as { p?: unknown };
  return isCount(p) ? { m: parsed.m, p } : { m: parsed.m };
}

/** The alert or message that a row of buttons is about: the options of its menu cannot carry it. */
export function readActionsBlock(blockId: string): { alertId: number } | { messageId: number } | null {
  const [, what, digits] = /^(alert|group)-actions-(\d{1,16})$/u.exec(blockId) ?? [];
  if (what === undefined || !isCount(Number(digits))) return null;
  return what === 'alert' ? { alertId: Number(digits) } : { messageId: Number(digits) };
}

export function isAlertTarget(value: unknown): value is AlertTarget {
  return isObject(value) && isCount(value.a) && isCount(value.v);
}

export function isGroupTarget(value: unknown): value is GroupTarget {
  return isObject(value) && isCount(value.m);
}

/** The JSON object in a text; null when there is none. */
export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
