import type { ReactElement } from 'react';

const red = '#e01e5a';
const amber = '#f2a72e';
const green = '#2eb67d';
const blue = '#3b88fd';
const grey = '#8d8d93';
const ink = '#3f4350';

function circle(fill: string): ReactElement {
  return <circle cx="10" cy="10" r="8" fill={fill} />;
}

function square(fill: string): ReactElement {
  return <rect x="2" y="2" width="16" height="16" rx="3" fill={fill} />;
}

/** A white line on a tile, as Slack's own check mark and cross have it. */
function tile(fill: string, path: string): ReactElement {
  return (
    <>
      {square(fill)}
      <path
        d={path}
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  );
}

function lines(stroke: string, path: string, width = 2): ReactElement {
  return (
    <path
      d={path}
      fill="none"
      stroke={stroke}
      strokeWidth={width}
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  );
}

const bell = (
  <path d="M10 2.2a5 5 0 0 1 5 5c0 4 1.2 5.2 2 6.3H3c.8-1.1 2-2.3 2-6.3a5 5 0 0 1 5-5z" fill={amber} />
);
const clapper = <path d="M8 15.5a2 2 0 0 0 4 0z" fill={amber} />;
const roundArrows =
  'M4.8 9.2A5.3 5.3 0 0 1 14.6 7.3M15.2 4.3v3.3h-3.3M15.2 10.8A5.3 5.3 0 0 1 5.4 12.7M4.8 15.7v-3.3h3.3';
const person = (
  <path d="M10 3a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM3.5 17.5c0-4 3-6 6.5-6s6.5 2 6.5 6z" fill={blue} />
);

const hourglass = (
  <>
    <path d="M6 3.5h8L10 10zM10 11l3.5 5.5h-7z" fill={amber} />
    {lines(ink, 'M4.5 2.5h11M4.5 17.5h11M5.5 2.5c0 5 9 10 9 15M14.5 2.5c0 5-9 10-9 15', 1.3)}
  </>
);

/** In a square of 20 by 20; names as in `emoji.ts`. */
export const emojiDrawings: Record<string, ReactElement> = {
  red_circle: circle(red),
  large_orange_circle: circle('#f2811d'),
  large_yellow_circle: circle('#f5c63c'),
  yellow_circle: circle('#f5c63c'),
  large_green_circle: circle(green),
  green_circle: circle(green),
  large_blue_circle: circle(blue),
  large_purple_circle: circle('#9a5fce'),
  purple_circle: circle('#9a5fce'),
  white_circle: <circle cx="10" cy="10" r="7.4" fill="#fff" stroke={grey} strokeWidth="1.2" />,
  black_circle: circle(ink),
  large_red_square: square(red),
  large_yellow_square: square('#f5c63c'),
  white_check_mark: tile(green, 'M6 10.5l3 3 5.5-7'),
  heavy_check_mark: lines(green, 'M4 11l4 4.5 8.5-11', 3),
  ballot_box_with_check: tile(blue, 'M6 10.5l3 3 5.5-7'),
  x: lines(red, 'M4.5 4.5l11 11M15.5 4.5l-11 11', 3.2),
  heavy_multiplication_x: lines(ink, 'M4.5 4.5l11 11M15.5 4.5l-11 11', 3),
  information_source: tile(blue, 'M10 9.5v5M10 5.8v.1'),
  arrows_counterclockwise: tile(blue, roundArrows),
  repeat: tile(
    blue,
    'M5.5 9V8a1.5 1.5 0 0 1 1.5-1.5h7M12.5 4.5l2 2-2 2M14.5 11v1a1.5 1.5 0 0 1-1.5 1.5H6M7.5 15.5l-2-2 2-2',
  ),
  warning: (
    <>
      <path
        d="M10 2.2l8.6 15.3H1.4z"
        fill="#f5b62e"
        stroke="#f5b62e"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      {lines(ink, 'M10 7.5v4.5M10 15v.1', 2.2)}
    </>
  ),
  rotating_light: (
    <>
      <path d="M5 14V9.5a5 5 0 0 1 10 0V14z" fill={red} />
      <path d="M3.5 14h13v3.5h-13z" fill={ink} />
      {lines(red, 'M10 1v1.5M2.5 4.5l1.3 1M17.5 4.5l-1.3 1', 1.6)}
      <path d="M7.5 12.5V9.8A2.5 2.5 0 0 1 9.5 7.4" fill="none" stroke="#fff" strokeWidth="1.3" />
    </>
  ),
  bell: (
    <>
      {bell}
      {clapper}
    </>
  ),
  no_bell: (
    <>
      {bell}
      {clapper}
      {lines(red, 'M3 17L17 3', 2.4)}
    </>
  ),
  zzz: lines(blue, 'M3 9.5h5.5l-5.5 7h5.5M11 3h5.5L11 10h5.5', 2.2),
  hourglass_flowing_sand: hourglass,
  hourglass,
  stopwatch: (
    <>
      <circle cx="10" cy="11.5" r="6.5" fill="#fff" stroke={ink} strokeWidth="1.5" />
      {lines(red, 'M10 11.5V8', 1.6)}
      {lines(ink, 'M8.5 2h3M10 2v2.5', 1.6)}
    </>
  ),
  alarm_clock: (
    <>
      <circle cx="10" cy="11" r="6.5" fill="#fff" stroke={red} strokeWidth="1.8" />
      {lines(ink, 'M10 7.5V11l2.5 1.5', 1.5)}
      {lines(red, 'M2.5 5.5l3-3M17.5 5.5l-3-3M5.5 16.5L4 18M14.5 16.5L16 18', 1.8)}
    </>
  ),
  leftwards_arrow_with_hook: tile(blue, 'M8 5.5L5 8.5l3 3M5.5 8.5h6.5a2.7 2.7 0 0 1 0 5.4H8.5'),
  mega: (
    <>
      <path d="M3 8.2h3.5L15 3.5v12L6.5 11H3z" fill={amber} />
      <path d="M6 11.2l1.5 5.3h2.5L8.5 12z" fill={ink} />
      {lines(red, 'M17 7.5v4', 1.8)}
    </>
  ),
  wave: (
    <>
      <g stroke="#e8a33d" strokeWidth="2.6" strokeLinecap="round">
        <path d="M7.5 10.5L4.8 6M9.5 9L7 3.8M11.8 8.5L10 3.5M14 9l-1-4" />
      </g>
      <path d="M6 10.5l8.5-3 1.7 4.7c.8 2.3-.3 4.6-2.6 5.4-2 .7-4 0-5.2-1.7z" fill="#e8a33d" />
      {lines('#e8a33d', 'M15.5 11.5l1.8-2.7', 2.6)}
      {lines(grey, 'M1.8 9.5c0 2 .6 3.5 1.7 4.7', 1.3)}
    </>
  ),
  eyes: (
    <>
      <ellipse cx="6" cy="10" rx="4" ry="6" fill="#fff" stroke={ink} strokeWidth="1.2" />
      <ellipse cx="14.2" cy="10" rx="4" ry="6" fill="#fff" stroke={ink} strokeWidth="1.2" />
      <circle cx="4.8" cy="11" r="1.8" fill={ink} />
      <circle cx="13" cy="11" r="1.8" fill={ink} />
    </>
  ),
  package: (
    <>
      <path d="M2.5 6L10 2.5 17.5 6v8.5L10 18l-7.5-3.5z" fill="#c68f5b" />
      <path d="M2.5 6L10 9.5 17.5 6 10 2.5z" fill="#e0b184" />
      {lines('#8a5a2e', 'M10 9.5V18M6 4.3l7.5 3.5', 1.2)}
    </>
  ),
  truck: (
    <>
      <path d="M1 5h11v9H1z" fill={green} />
      <path d="M12 8h3.5l3 3.2V14H12z" fill="#f5c63c" />
      <circle cx="5" cy="15" r="2" fill={ink} />
      <circle cx="14.5" cy="15" r="2" fill={ink} />
    </>
  ),
  mag: (
    <>
      <circle cx="8.5" cy="8.5" r="5.5" fill="#d5e8fb" stroke={grey} strokeWidth="1.8" />
      {lines(ink, 'M12.8 12.8L17.5 17.5', 2.6)}
    </>
  ),
  lock: (
    <>
      {lines(grey, 'M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9', 2)}
      <rect x="3.5" y="8.5" width="13" height="9" rx="1.8" fill="#f5c63c" />
    </>
  ),
  unlock: (
    <>
      {lines(grey, 'M6.5 9V5.5a3.5 3.5 0 0 1 6.8-1', 2)}
      <rect x="3.5" y="8.5" width="13" height="9" rx="1.8" fill="#f5c63c" />
    </>
  ),
  fire: (
    <>
      <path
        d="M10 1.5c1 3.5 5.5 5.5 5.5 10.5a5.5 5.5 0 0 1-11 0c0-2.5 1.5-3.5 2-5.5 1.5.5 2 1.5 2 2.5C10 7.5 10.5 4.5 10 1.5z"
        fill="#f2711c"
      />
      <path d="M10 10c2 1.5 2.8 2.5 2.8 4.2a2.8 2.8 0 0 1-5.6 0C7.2 12.5 9 12 10 10z" fill="#fbd34d" />
    </>
  ),
  zap: <path d="M11.5 1.5L4 11.5h5L8 18.5l8-11h-5.5z" fill="#f5b62e" />,
  link: lines(
    grey,
    'M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.3l1-1',
  ),
  bar_chart: (
    <>
      <path d="M3 11h3.5v6H3z" fill={green} />
      <path d="M8.2 4h3.5v13H8.2z" fill={blue} />
      <path d="M13.5 8H17v9h-3.5z" fill={red} />
    </>
  ),
  chart_with_upwards_trend: (
    <>
      <rect x="1.5" y="2.5" width="17" height="15" rx="2" fill="#fff" stroke={grey} />
      {lines(red, 'M4 14l4-4 3 2 5-6')}
    </>
  ),
  chart_with_downwards_trend: (
    <>
      <rect x="1.5" y="2.5" width="17" height="15" rx="2" fill="#fff" stroke={grey} />
      {lines(blue, 'M4 6l4 4 3-2 5 6')}
    </>
  ),
  book: (
    <>
      <path
        d="M1.5 4.5C4.5 3 8 3.5 10 5c2-1.5 5.5-2 8.5-.5V16c-3-1.5-6.5-1-8.5.5-2-1.5-5.5-2-8.5-.5z"
        fill="#fff"
        stroke={blue}
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      {lines(blue, 'M10 5v11.5', 1.3)}
    </>
  ),
  blue_book: (
    <>
      <rect x="3.5" y="2" width="13" height="16" rx="1.5" fill={blue} />
      {lines('#fff', 'M6.5 2v16M9 6h5', 1.3)}
    </>
  ),
  memo: (
    <>
      <path d="M3 2h10l3.5 3.5V18H3z" fill="#fff" stroke={grey} strokeLinejoin="round" />
      {lines(grey, 'M6 7h6M6 10h7M6 13h4', 1.2)}
      {lines(amber, 'M17.5 9.5l-5.5 6', 2.4)}
    </>
  ),
  clipboard: (
    <>
      <rect x="3.5" y="3" width="13" height="15" rx="1.8" fill="#c68f5b" />
      <path d="M5.5 5.5h9V16h-9z" fill="#fff" />
      <rect x="7" y="1.8" width="6" height="3" rx="1" fill={grey} />
    </>
  ),
  speech_balloon: (
    <path
      d="M10 2.5c4.7 0 8.5 2.9 8.5 6.5s-3.8 6.5-8.5 6.5c-.8 0-1.5-.1-2.2-.2L4 17.5l.6-3.5C2.7 12.8 1.5 11 1.5 9c0-3.6 3.8-6.5 8.5-6.5z"
      fill="#fff"
      stroke={grey}
      strokeWidth="1.2"
    />
  ),
  bust_in_silhouette: person,
  no_entry: (
    <>
      {circle(red)}
      {lines('#fff', 'M6 10h8', 3)}
    </>
  ),
  octagonal_sign: <path d="M6.7 2h6.6L18 6.7v6.6L13.3 18H6.7L2 13.3V6.7z" fill={red} />,
  exclamation: lines(red, 'M10 3v8.5M10 16.5v.1', 3.4),
  bulb: (
    <>
      <path
        d="M10 2a5.5 5.5 0 0 1 3.2 10c-.6.5-.7 1-.7 2h-5c0-1-.1-1.5-.7-2A5.5 5.5 0 0 1 10 2z"
        fill="#f5c63c"
      />
      <path d="M7.5 15h5v2.5h-5z" fill={grey} />
    </>
  ),
};
