import { describe, expect, it } from 'vitest';
import { SETTINGS, sampleAlert } from '../../test/support/slack/sample-alerts.ts';
import { alertMessage } from './alert-message.ts';
import { evidenceModal } from './evidence-modal.ts';
import { withoutPersonalData } from './personal-data.ts';
import { plainMessage } from './plain-message.ts';

const ORIGIN = { channel: null, ts: null };
const SHOWN = { ...SETTINGS, showPersonalData: true };

describe('user and address', () => {
  const view = sampleAlert('HOLD');
  const builds = {
    'the message': (settings: typeof SETTINGS) => alertMessage(view, settings),
    'plain text': (settings: typeof SETTINGS) => plainMessage(view, settings),
    'the evidence': (settings: typeof SETTINGS) => evidenceModal(view, ORIGIN, settings),
  };

  it.each(Object.entries(builds))('are masked in %s, unless they are to be seen', (_, build) => {
    const masked = JSON.stringify(build(SETTINGS));
    expect(masked).not.toMatch(/U-700123|테헤란로/u);
    expect(masked).toContain('U-7***');
    const shown = JSON.stringify(build(SHOWN));
    expect(shown).toContain('U-700123');
    expect(shown).toContain('테헤란로');
  });
});

it('masks evidence by the names of its members, however deep', () => {
  const evidence = {
    userId: 'U-700123',
    labels: { 'e-mail': 'kim@example.com', severity: 'critical' },
    rows: [{ shipping_address: { line1: '테헤란로 1', floor: 12 }, phone: ['010-1234-5678'] }],
    customer_id: 123456,
    address_verified: true,
    email: null,
    product_id: 'P-31',
  };
  expect(withoutPersonalData(sampleAlert('HOLD', 'OPEN', { evidence }), SETTINGS).evidence).toEqual({
    userId: 'U-7***',
    labels: { 'e-mail': 'kim***', severity: 'critical' },
    rows: [{ shipping_address: { line1: '테헤란***', floor: '***' }, phone: ['010***'] }],
    customer_id: '123***',
    address_verified: true,
    email: null,
    product_id: 'P-31',
  });
});

it('leaves out what a parser quotes of a record that it cannot read', () => {
  const view = sampleAlert('EVENT');
  const errorText = `the record is not JSON: Unexpected token 'x', ..."ress":"Har"x`;
  const record = { ...view.record!, errorText };
  const evidence = { ...view.evidence, reason: errorText };
  const message = JSON.stringify(evidenceModal({ ...view, record, evidence }, ORIGIN, SETTINGS));
  expect(message).toContain('Unexpected token');
  expect(message).not.toContain('Har');
});
