import type { ReactElement } from 'react';

const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.6,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

const paths = {
  hash: 'M8 3.5L6.5 16.5M13.5 3.5L12 16.5M4 7.5h13M3 12.5h13',
  lock: 'M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9M4.5 9h11v8h-11z',
  archive: 'M3 4h14v3.5H3zM4.5 7.5V16h11V7.5M8 11h4',
  close: 'M5 5l10 10M15 5L5 15',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6',
  thread: 'M4 4h12v9H9.5L6 16v-3H4zM7 7.5h6M7 10h4',
  send: 'M3.5 10L16.5 4 13 16.5 9.8 11.5zM9.8 11.5L16.5 4',
  warning: 'M10 3.5l7.5 13h-15zM10 8.5v3.5M10 14.3v.1',
  eye: 'M2 10c2-3.5 5-5 8-5s6 1.5 8 5c-2 3.5-5 5-8 5s-6-1.5-8-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
  home: 'M3.5 9.5L10 4l6.5 5.5V16.5h-4.5v-4h-4v4H3.5z',
  bolt: 'M11 2.5L4.5 11.5H9.5L8.5 17.5 15.5 8.5H10.5z',
  menu: 'M3.5 5.5h13M3.5 10h13M3.5 14.5h13',
  down: 'M5.5 8l4.5 4.5L14.5 8',
  plus: 'M10 4v12M4 10h12',
} as const;

const dots: ReactElement = (
  <g fill="currentColor">
    <circle cx="10" cy="4.5" r="1.5" />
    <circle cx="10" cy="10" r="1.5" />
    <circle cx="10" cy="15.5" r="1.5" />
  </g>
);

export type IconName = keyof typeof paths | 'dots';

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" {...stroke}>
      {name === 'dots' ? dots : <path d={paths[name]} />}
    </svg>
  );
}
