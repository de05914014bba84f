import { expect, it } from 'vitest';
import { readAudit } from './read-audit.ts';

const report = (...found: { name: string; severity: string; fixAvailable: unknown }[]) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(found.map((one) => [one.name, { range: '<2.0.0', ...one }])),
  });

it('names what is high or critical, and what mends it', () => {
  const output = report(
    { name: 'b', severity: 'high', fixAvailable: { name: 'a', version: '3.0.0' } },
    { name: 'c', severity: 'critical', fixAvailable: false },
    { name: 'd', severity: 'high', fixAvailable: true },
    { name: 'e', severity: 'moderate', fixAvailable: true },
  );
  expect(readAudit(output)).toEqual({
    kind: 'vulnerable',
    findings: [
      'critical: c <2.0.0, no version mends it yet',
      'high: b <2.0.0, mended by a 3.0.0',
      'high: d <2.0.0, mended by a newer version',
    ],
  });
});

it('takes less for clean', () => {
  expect(readAudit(report())).toEqual({ kind: 'clean' });
  expect(readAudit(report({ name: 'e', severity: 'moderate', fixAvailable: true }))).toEqual({
    kind: 'clean',
  });
});

it.each([
  ['{"message": "405 Method Not Allowed", "statusCode": 405}', '405 Method Not Allowed'],
  ['{"error": "x"}', 'x'],
  ['', 'npm said nothing that can be read'],
  ['null', 'npm said nothing that can be read'],
  ['{}', 'the registry gave no report'],
])('%j is no verdict', (output, why) => {
  expect(readAudit(output)).toEqual({ kind: 'unanswered', why });
});
