import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lagPicture } from './lag-picture.ts';
import { markdownOf } from './markdown.ts';
import type { ChaosReport } from './result.ts';

/** report.md, report.json and a picture of each experiment. */
export function writeReport(folder: string, report: ChaosReport): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(folder, 'report.md'), markdownOf(report));
  for (const result of report.results) {
    if (result.samples.length > 0) writeFileSync(join(folder, `${result.name}.svg`), lagPicture(result));
  }
}
