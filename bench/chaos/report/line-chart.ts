/** What a picture shows. Times in seconds. */
export interface LineChart {
  title: string;
  /** Of the values. */
  unit: string;
  end: number;
  lines: readonly { name: string; colour: string; points: readonly (readonly [number, number])[] }[];
  /** Shaded intervals. */
  bands: readonly { name: string; from: number; to: number }[];
}

const WIDTH = 860;
const HEIGHT = 260;
const LEFT = 70;
const RIGHT = 20;
const TOP = 44;
const BOTTOM = 42;
const TICKS = 4;

/** An SVG that reads in light and in dark, without any script or font of its own. */
export function lineChart({ title, unit, end, lines, bands }: LineChart): string {
  const most = Math.max(1, ...lines.flatMap(({ points }) => points.map(([, value]) => value)));
  const top = niceCeiling(most);
  const x = (at: number) => LEFT + (Math.min(at, end) / end) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const round = (value: number) => value.toFixed(1);
  const ticks = Array.from({ length: TICKS + 1 }, (_, i) => i / TICKS);
  const shades = bands.map(({ name, from, to }) => {
    const width = Math.max(1.5, x(to) - x(from));
    return `<rect x="${round(x(from))}" y="${TOP}" width="${round(width)}" height="${HEIGHT - TOP - BOTTOM}" fill="#f85149" fill-opacity="0.16"><title>${escaped(name)}</title></rect>`;
  });
  const grid = ticks.map((share) => {
    const at = round(y(share * top));
    return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" stroke="#8b949e" stroke-opacity="0.3"/><text x="${LEFT - 8}" y="${at}" text-anchor="end" dominant-baseline="middle">${labelOf(share * top)}</text>`;
  });
  const times = ticks.map(
    (share) =>
      `<text x="${round(x(share * end))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${labelOf(share * end)} s</text>`,
  );
  const drawn = lines.map(({ colour, points }) => {
    const path = points.map(([at, value]) => `${round(x(at))},${round(y(value))}`).join(' ');
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.8"/>`;
  });
  const legend = lines.map(
    ({ name, colour }, i) =>
      `<text x="${LEFT + i * 210}" y="${TOP - 10}" fill="${colour}">${escaped(name)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="#8b949e">
<title>${escaped(`${title}, ${unit}`)}</title>
<text x="${LEFT}" y="18" font-size="14" font-weight="600">${escaped(title)}</text><text x="${WIDTH - RIGHT}" y="18" text-anchor="end">${escaped(unit)}</text>
${[...shades, ...grid, ...times, ...drawn, ...legend].join('\n')}
</svg>
`;
}

/** The next of 1, 2, 5 times a power of ten. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

function labelOf(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US');
}

/** For the text of an SVG. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
