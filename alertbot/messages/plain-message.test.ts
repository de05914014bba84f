import { expect, it } from 'vitest';
import { SETTINGS, sampleAlert, sampleGroup } from '../../test/support/slack/sample-alerts.ts';
import { plainMessage } from './plain-message.ts';

it('says all that the blocks would, and the commands instead of buttons', () => {
  const view = sampleAlert('HOLD', 'ACK');
  expect(plainMessage(view, SETTINGS).text).toMatchInlineSnapshot(`
    "👀 ACK 확인됨 · 주문 A-1042 출고 보류: 한 고객의 같은 상품 반복 주문
    👀 *ACK* 확인 · <@U0KIM> · 2026-03-01 14:06
    사유: 고객(\`U-7***\`)이 상품(\`P-31\`)을 10초 안에 6번 주문했습니다. 기준 주문: \`A-1040\`
    주문: \`A-1042\`
    주문 상태: 결제 완료 (PAID)
    상품: 제주 감귤 5kg (\`P-31\`)
    수량: 3개
    금액: 1,234,500 KRW
    지역: 서울
    판매 채널: app
    고객: \`U-7***\`
    배송지: \`서울시***\`
    > 고객에게 확인 중입니다
    발생 2026-03-01 14:02:05 · 알림 #12
    버튼을 표시할 수 없습니다. 명령으로 처리해 주세요: /holdfast ack 12 · /holdfast resolve 12 · /holdfast retry 12"
  `);
  expect(plainMessage(sampleAlert('EVENT'), { ...SETTINGS, locale: 'en' }).text).toMatchInlineSnapshot(`
    "🟠 Warning · Record orders 3:44 was rejected: a required member is missing
    Reason: order_id is missing
    Record: \`orders 3:44\`
    Error: \`SCHEMA_MISSING\`
    opened 2026-03-01 14:02:05 · alert #12
    The buttons cannot be shown. Please use commands: /holdfast ack 12 · /holdfast resolve 12 · /holdfast retry 12"
  `);
  expect(plainMessage(sampleGroup(), { ...SETTINGS, locale: 'en' }).text).toMatchInlineSnapshot(`
    "🔴 Critical · 42 × held orders (a burst of orders for one product) · 제주 감귤 5kg · 서울
    OPEN 30 · ACK 4 · RETRY running 2 · RESOLVED 6
    🔴 #100 \`A-100\` · 2026-03-01 14:02:05
    🔴 #101 \`A-101\` · 2026-03-01 14:02:06
    🔴 #102 \`A-102\` · 2026-03-01 14:02:07
    🔴 #103 \`A-103\` · 2026-03-01 14:02:08
    👀 #104 \`A-104\` · 2026-03-01 14:02:09 · ACK 김민지
    … and 37 more
    opened 2026-03-01 14:02:05 to 2026-03-01 14:02:45 · FUL-FRAUD-PROD
    The buttons cannot be shown. Please use commands: /holdfast list"
  `);
});

it('empties what a refused message may have left, and is found by the same metadata', () => {
  const { blocks, attachments, metadata } = plainMessage(sampleAlert('HOLD'), SETTINGS);
  expect({ blocks, attachments }).toEqual({ blocks: [], attachments: [] });
  expect(metadata).toEqual({ event_type: 'holdfast_alert', event_payload: { alert_id: 12, version: 3 } });
  expect(plainMessage(sampleGroup(), SETTINGS).metadata.event_payload).toEqual({ message_id: 77 });
});

it('keeps its commands, however long the rest is', () => {
  const long = 'x'.repeat(50_000);
  const evidence = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((index) => [`${index}${long}`, long]));
  const view = sampleAlert('ANOMALY', 'ACK', { note: long, subject: long, evidence });
  const { text } = plainMessage({ ...view, evidence: { ...evidence, description: long } }, SETTINGS);
  expect(text.length).toBeGreaterThan(2_500);
  expect(text.length).toBeLessThanOrEqual(3_000);
  expect(text).toContain('/holdfast resolve 12');
});

it('names no command for what is over', () => {
  expect(plainMessage(sampleAlert('HOLD', 'RESOLVED'), SETTINGS).text).not.toContain('/holdfast');
});
