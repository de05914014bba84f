const longParts = { year: 'numeric', month: 'long', day: 'numeric' } as const;
const shortParts = { year: 'numeric', month: 'short', day: 'numeric' } as const;
const clockParts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const dayMilliseconds = 86_400_000;

/** Where and how times are shown; a browser's own unless a test says otherwise. */
export type TimeStyle = { readonly locale?: string; readonly timeZone?: string };

/** `1700000000.000100` to milliseconds since the epoch. */
export function millisecondsOf(ts: string): number {
  return Number(ts) * 1000;
}

/** The time of day, as beside a message. */
export function timeOf(milliseconds: number, style: TimeStyle = {}): string {
  return format(milliseconds, clockParts, style);
}

/** The date and time to the second, as in a tooltip. */
export function exactTimeOf(milliseconds: number, style: TimeStyle = {}): string {
  return format(milliseconds, { ...longParts, weekday: 'long', ...clockParts, second: '2-digit' }, style);
}

/** `Today`, `Yesterday` or the date. */
export function dayOf(milliseconds: number, now: number, style: TimeStyle = {}): string {
  const day = relativeDay(milliseconds, now, style);
  if (day === 'today') return 'Today';
  if (day === 'yesterday') return 'Yesterday';
  return format(milliseconds, { weekday: 'long', month: 'long', day: 'numeric' }, style);
}

/**
 * Fills the tokens of `<!date^...>`: `{date_num}`, `{date}`, `{date_short}`, `{date_long}`, each of them with `_pretty`,
 * `{day_divider_pretty}`, `{time}`, `{time_secs}` and `{ago}`. Null when there is another token, or no such time: the
 * message's own fallback is shown then.
 *
 * @param now milliseconds since the epoch
 */
export function fillDateFormat(
  template: string,
  seconds: number,
  now: number,
  style: TimeStyle = {},
): string | null {
  const milliseconds = seconds * 1000;
  if (Number.isNaN(new Date(milliseconds).getTime())) return null;
  let unknown = false;
  const filled = template.replace(/\{([a-z_]+)\}/g, (_, token: string) => {
    const value = fillToken(token, milliseconds, now, style);
    unknown ||= value === null;
    return value ?? '';
  });
  return unknown ? null : filled;
}

function fillToken(token: string, milliseconds: number, now: number, style: TimeStyle): string | null {
  if (token.endsWith('_pretty')) {
    const day = relativeDay(milliseconds, now, style);
    if (day !== null) return day;
  }
  switch (token) {
    case 'date_num':
      return format(
        milliseconds,
        { year: 'numeric', month: '2-digit', day: '2-digit' },
        { ...style, locale: 'en-CA' },
      );
    case 'date':
    case 'date_pretty':
    case 'day_divider_pretty':
      return format(milliseconds, longParts, style);
    case 'date_short':
    case 'date_short_pretty':
      return format(milliseconds, shortParts, style);
    case 'date_long':
    case 'date_long_pretty':
      return format(milliseconds, { ...longParts, weekday: 'long' }, style);
    case 'time':
      return timeOf(milliseconds, style);
    case 'time_secs':
      return format(milliseconds, { ...clockParts, second: '2-digit' }, style);
    case 'ago':
      return agoOf(milliseconds, now);
    default:
      return null;
  }
}

/** `5 minutes ago`, `in 2 hours`. */
export function agoOf(milliseconds: number, now: number): string {
  const seconds = Math.round((milliseconds - now) / 1000);
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 60) return relative.format(seconds, 'second');
  if (size < 3600) return relative.format(Math.trunc(seconds / 60), 'minute');
  if (size < 86_400) return relative.format(Math.trunc(seconds / 3600), 'hour');
  return relative.format(Math.trunc(seconds / 86_400), 'day');
}

function relativeDay(
  milliseconds: number,
  now: number,
  style: TimeStyle,
): 'today' | 'yesterday' | 'tomorrow' | null {
  const day = dayKey(milliseconds, style);
  if (day === dayKey(now, style)) return 'today';
  if (day === dayKey(now - dayMilliseconds, style)) return 'yesterday';
  return day === dayKey(now + dayMilliseconds, style) ? 'tomorrow' : null;
}

/** The same for two times of one day in the zone shown. */
export function dayKey(milliseconds: number, style: TimeStyle = {}): string {
  return format(
    milliseconds,
    { year: 'numeric', month: '2-digit', day: '2-digit' },
    { ...style, locale: 'en-CA' },
  );
}

function format(milliseconds: number, options: Intl.DateTimeFormatOptions, style: TimeStyle): string {
  const zone = style.timeZone === undefined ? {} : { timeZone: style.timeZone };
  return formatterOf(style.locale, { ...options, ...zone }).format(milliseconds);
}

// Making one takes about 30 microseconds; a channel shows some hundred times.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale ?? 'en', options);
  formatters.set(key, made);
  return made;
}
