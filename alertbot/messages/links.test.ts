import { describe, expect, it } from 'vitest';
import { SETTINGS, sampleHold } from '../../test/support/slack/sample-alerts.ts';
import type { AlertView } from './alert-view.ts';
import { grafanaLink, groupGrafanaLink, runbookLink } from './links.ts';

const settings = {
  ...SETTINGS,
  grafanaUrl: 'https://grafana.example.com/ops/',
  runbookUrl: 'https://git.example.com/docs/runbooks/',
};
const bare = { ...SETTINGS, grafanaUrl: null, runbookUrl: null };
const held = sampleHold('FUL-VALID', {}).order as NonNullable<AlertView['order']>;
const nothing = { order: null, record: null, evidence: {}, kind: 'ANOMALY' } as const;
const prometheus = (annotations: Record<string, unknown>) => ({
  ...nothing,
  kind: 'PIPELINE' as const,
  evidence: { annotations },
});

describe('grafanaLink', () => {
  it('leads to the order, whatever its id', () => {
    const order = { ...held, orderId: 'a/b&c=한' };
    expect(grafanaLink({ ...nothing, order }, settings)).toBe(
      'https://grafana.example.com/ops/d/holdfast-order?var-order_id=a%2Fb%26c%3D%ED%95%9C',
    );
  });

  it('leads to the board that a rule names, and to no other address', () => {
    expect(grafanaLink(prometheus({ dashboard_uid: 'holdfast-slo' }), settings)).toMatch(
      /\/d\/holdfast-slo$/,
    );
    for (const uid of ['../admin', 'https://evil.example.com', 7, ''])
      expect(grafanaLink(prometheus({ dashboard_uid: uid }), settings)).toMatch(/\/d\/holdfast-pipeline$/);
  });

  it('leads to all alerts otherwise, and nowhere without a Grafana', () => {
    expect(grafanaLink(nothing, settings)).toMatch(/\/d\/holdfast-alerts$/);
    expect(groupGrafanaLink(settings)).toMatch(/\/d\/holdfast-control-tower$/);
    expect([grafanaLink(nothing, bare), groupGrafanaLink(bare)]).toEqual([null, null]);
  });
});

describe('runbookLink', () => {
  it('is the file of the rule, where the runbooks are read', () => {
    expect(runbookLink(prometheus({ runbook_url: 'docs/runbooks/ProcessorDown.md' }), settings)).toBe(
      'https://git.example.com/docs/runbooks/ProcessorDown.md',
    );
  });

  it('is the address that the rule gives, if it is one', () => {
    const own = 'https://wiki.example.com/x';
    expect(runbookLink(prometheus({ runbook_url: own }), bare)).toBe(own);
    expect(runbookLink(prometheus({ runbook_url: 'javascript:alert(1)' }), settings)).toBe(
      settings.runbookUrl,
    );
  });

  it('is the index otherwise, and null without one', () => {
    expect(runbookLink(nothing, settings)).toBe(settings.runbookUrl);
    expect(runbookLink(prometheus({ runbook_url: 'docs/runbooks/X.md' }), bare)).toBeNull();
  });
});
