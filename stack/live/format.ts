/** 1234567 as 1,234,567; the same on every machine. */
export function formatCount(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Seconds with a sensible number of digits: 0.12 s, 3.4 s, 75 s, 12 min. */
export function formatSeconds(seconds: number): string {
  if (seconds < 1) return `${seconds.toFixed(2)} s`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

/** Milliseconds of a running time: 0:07, 12:31, 3:05:09. */
export function formatUptime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (n: number) => String(n % 60).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds)}`
    : `${Math.floor(minutes / 60)}:${two(minutes)}:${two(seconds)}`;
}

/** Time of day in the display time zone, HH:MM:SS. */
export function formatClock(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone }).format(at);
}

const levels = '▁▂▃▄▅▆▇█';

/** Values as a line of bars, the greatest full height; the newest are kept when there are more than fit. */
export function sparkline(values: readonly number[], width: number): string {
  const shown = values.slice(-width);
  const top = Math.max(...shown, 1);
  return shown
    .map((value) => levels[Math.min(levels.length - 1, Math.floor((value / top) * levels.length))])
    .join('');
}

/** A bar of at most `width` cells; anything above zero shows at least one. */
export function bar(value: number, top: number, width: number): string {
  if (value <= 0 || top <= 0) return '';
  return '█'.repeat(Math.max(1, Math.round((value / top) * width)));
}

/** The text in exactly `width` cells: cut with an ellipsis, or filled up. */
export function fitTo(text: string, width: number): string {
  if (width <= 0) return '';
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
