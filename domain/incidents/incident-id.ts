import { createHash } from 'node:crypto';
import { formatIso8601 } from '../time/iso8601.ts';
import type { Micros } from '../time/micros.ts';

/** The same whenever the same finding opens it: `INC-20260301T0930Z-1f3a9c2b`. */
export function incidentIdOf(finding: { findingId: string; startedAt: Micros }): string {
  const minute = formatIso8601(finding.startedAt).slice(0, 16).replaceAll(/[-:]/g, '');
  const hash = createHash('sha256').update(finding.findingId).digest('hex').slice(0, 8);
  return `INC-${minute}Z-${hash}`;
}
