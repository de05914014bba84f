/** What `npm audit --json` came to. */
export type AuditOutcome =
  | { kind: 'clean' }
  /** @property findings a line for each package: how bad, which, what to do */
  | { kind: 'vulnerable'; findings: string[] }
  /** The registry could not be asked: that says nothing about the packages. */
  | { kind: 'unanswered'; why: string };

const COUNTED: ReadonlySet<string> = new Set(['high', 'critical']);

interface Vulnerability {
  name: string;
  severity: string;
  range: string;
  fixAvailable: boolean | { name: string; version: string };
}

/** @param output of `npm audit --json`, whatever its exit status */
export function readAudit(output: string): AuditOutcome {
  const report = parse(output);
  if (report === null) return { kind: 'unanswered', why: 'npm said nothing that can be read' };
  if (typeof report.vulnerabilities !== 'object' || report.vulnerabilities === null)
    return {
      kind: 'unanswered',
      why: String(report.message ?? report.error ?? 'the registry gave no report'),
    };
  const findings = Object.values(report.vulnerabilities as Record<string, Vulnerability>)
    .filter(({ severity }) => COUNTED.has(severity))
    .map(describe)
    .toSorted();
  return findings.length === 0 ? { kind: 'clean' } : { kind: 'vulnerable', findings };
}

function describe({ name, severity, range, fixAvailable }: Vulnerability): string {
  const remedy =
    typeof fixAvailable === 'object'
      ? `mended by ${fixAvailable.name} ${fixAvailable.version}`
      : fixAvailable
        ? 'mended by a newer version'
        : 'no version mends it yet';
  return `${severity}: ${name} ${range}, ${remedy}`;
}

function parse(output: string): Record<string, unknown> | null {
  try {
    const report: unknown = JSON.parse(output);
    return typeof report === 'object' ? (report as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
