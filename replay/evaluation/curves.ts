import type { Evaluation } from './evaluate.ts';
import type { LatenessReport } from './judge-lateness.ts';

const SIZE = 320;
const MARGIN = 40;

/** A page with the ROC and the calibration of each moment: plain SVG, nothing to load. */
export function curvesPage({ lateness }: Evaluation): string {
  const pictures = lateness.map(
    (report) => `<h2>At the ${report.moment}</h2>${roc(report)}${calibration(report)}`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Late-delivery prediction</title>
<style>body{font:14px system-ui;margin:2em;color:#222}svg{margin-right:2em}text{font-size:11px;fill:#444}
.axis{stroke:#999}.even{stroke:#bbb;stroke-dasharray:4}.curve{fill:none;stroke:#1f60c4;stroke-width:2}circle{fill:#1f60c4}</style>
<h1>Late-delivery prediction</h1>
${pictures.join('\n')}
</html>
`;
}

function roc({ roc: points, methods }: LatenessReport): string {
  const path = points.map(([x, y]) => place(x, y)).join(' ');
  const auc = methods.at(-1)!.auc.toFixed(3);
  return frame(
    `ROC, area ${auc}`,
    'in time, called late',
    'late, called late',
    1,
    `<polyline class="curve" points="${path}"/>`,
  );
}

function calibration({ bins }: LatenessReport): string {
  const highest = Math.max(...bins.flatMap(({ predicted, observed }) => [predicted, observed]));
  const end = Math.max(0.1, Math.ceil(highest * 10) / 10);
  const dots = bins.map(({ predicted, observed }) => {
    const [x, y] = place(predicted / end, observed / end).split(',');
    return `<circle cx="${x}" cy="${y}" r="4"/>`;
  });
  return frame('Calibration, tenths of the orders', 'predicted', 'late', end, dots.join(''));
}

function frame(title: string, x: string, y: string, end: number, content: string): string {
  const [left, bottom] = place(0, 0).split(',');
  const [right, top] = place(1, 1).split(',');
  const whole = SIZE + 2 * MARGIN;
  return `<svg width="${whole}" height="${whole}" role="img" aria-label="${title}">
<text x="${whole / 2}" y="20" text-anchor="middle">${title}</text>
<path class="axis" fill="none" d="M${left},${top}V${bottom}H${right}"/>
<line class="even" x1="${left}" y1="${bottom}" x2="${right}" y2="${top}"/>
<text x="${right}" y="${Number(bottom) + 15}" text-anchor="end">${end}</text><text x="${Number(left) - 5}" y="${top}" text-anchor="end">${end}</text>
<text x="${whole / 2}" y="${whole - 10}" text-anchor="middle">${x}</text>
<text transform="translate(14,${whole / 2}) rotate(-90)" text-anchor="middle">${y}</text>
${content}</svg>`;
}

/** x and y from 0 to 1, the origin at the lower left. */
function place(x: number, y: number): string {
  return `${(MARGIN + x * SIZE).toFixed(1)},${(MARGIN + (1 - y) * SIZE).toFixed(1)}`;
}
