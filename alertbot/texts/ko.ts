import { koIncidents } from './ko-incidents.ts';
import type { Texts } from './texts.ts';

const by = (who: string | null): string => (who === null ? '' : ` · ${who}`);

export const ko: Texts = {
  severities: { critical: '심각', warning: '경고', info: '정보' },
  kinds: {
    EVENT: '레코드 거부',
    HOLD: '출고 보류',
    ANOMALY: '이상 징후',
    INVENTORY: '재고',
    DELIVERY: '배송',
    PIPELINE: '파이프라인',
  },
  statuses: {
    OPEN: 'OPEN 미확인',
    ACK: 'ACK 확인됨',
    RETRY_REQUESTED: 'RETRY 진행 중',
    RESOLVED: 'RESOLVED 해결됨',
  },
  orderStatuses: {
    CREATED: '주문 접수',
    PAID: '결제 완료',
    PICKING: '피킹 중',
    PACKED: '포장 완료',
    SHIPPED: '출고됨',
    DELIVERED: '배송 완료',
    CANCELED: '취소됨',
  },
  snoozed: '알림 미룸',
  units: {
    seconds: (count) => `${count}초`,
    minutes: (count) => `${count}분`,
    hours: (count) => `${count}시간`,
    days: (count) => `${count}일`,
  },
  count: (alerts) => `${alerts}건`,
  system: 'Holdfast',

  headlines: {
    held: (order, reason) => `주문 ${order} 출고 보류: ${reason}`,
    rejected: (position, errorType) => `레코드 ${position} 거부: ${errorType}`,
    stopped: (partition, problem) => `파티션 ${partition} 처리 중단: ${problem}`,
    notHandedOver: (order, elapsed) => `주문 ${order} 출고 지연: 결제 승인 후 ${elapsed} 경과`,
    notDelivered: (order, elapsed) => `주문 ${order} 배송 지연: 출고 후 ${elapsed} 경과`,
    probablyLate: (order, percent) => `주문 ${order} 배송 지연 예상: 확률 ${percent} %`,
    restock: (seller, average) => `판매자 ${seller} 재고 확보 필요: 출고까지 평균 ${average}`,
    reorder: (product, available) => `상품 ${product} 재주문 시점 도달: 가용 재고 ${available}`,
    group: (count, what) => `${what} ${count}건`,
    groupOfHolds: (reason) => `출고 보류 (${reason})`,
  },
  reasons: {
    'FUL-VALID': '고객 또는 주소 정보 오류',
    'FUL-FRAUD-USER': '한 고객의 같은 상품 반복 주문',
    'FUL-FRAUD-PROD': '한 상품에 주문 급증',
    'FUL-INV': '재고 부족',
    EXTERNAL: '외부 시스템 요청',
  },
  rejections: {
    PARSE_ERROR: '읽을 수 없는 형식',
    SCHEMA_MISSING: '필수 항목 누락',
    SCHEMA_INVALID: '값이 규격에 맞지 않음',
    STORE_ERROR: '데이터베이스가 저장을 거부',
  },
  positionProblems: {
    BELOW_RETENTION: '읽기 전에 보존 기간이 지나 레코드가 삭제되었습니다',
    BEYOND_END: '토픽의 끝이 저장된 위치보다 앞에 있습니다. 토픽을 다시 만들었거나 잘라냈습니다',
    RECREATED: '저장된 위치에 다른 레코드가 있습니다. 토픽을 다시 만들었습니다',
  },
  details: {
    userBurst: ({ user, product, count, seconds, trigger }) =>
      `고객(${user})이 상품(${product})을 ${seconds}초 안에 ${count}번 주문했습니다. 기준 주문: ${trigger}`,
    productBurst: ({ product, count, seconds, trigger }) =>
      `상품(${product}) 주문이 ${seconds}초 안에 ${count}건 몰렸습니다. 기준 주문: ${trigger}`,
    shortage: ({ product, quantity, available }) =>
      `상품(${product}) 재고가 부족합니다. 주문 수량 ${quantity}개, 판정 당시 재고 ${available}개`,
    external: (reasonCode) =>
      reasonCode === null
        ? '다른 시스템이 이유를 밝히지 않고 보류를 요청했습니다.'
        : `다른 시스템이 보류를 요청했습니다. 사유 코드: ${reasonCode}`,
    invalid: (problems) => `주문 정보로는 배송할 수 없습니다: ${problems.join(', ')}`,
    offsets: (from, to) => `확인이 필요한 오프셋: ${from} 이상 ${to} 미만`,
  },
  delivery: {
    limits: {
      seller: (limit, cases) =>
        `이 판매자는 거의 모든 주문을 ${limit} 안에 출고합니다. 이 판매자의 주문 ${cases}건을 전체 판매자와 함께 본 기준입니다.`,
      all_sellers: (limit, cases) =>
        `거의 모든 주문이 ${limit} 안에 출고됩니다. 이 판매자의 이력이 없어 전체 판매자의 ${cases}건을 기준으로 삼았습니다.`,
      floor: (limit) => `모든 주문에 보장되는 최소 시간 ${limit} 경과`,
      hand_over_by: (limit) => `판매자가 약속한 출고 기한 ${limit} 경과`,
      default: (limit) => `이력이 아직 부족하여 기본 기준을 적용했습니다. 기준 시간: ${limit}`,
      route: (limit, cases) =>
        `이런 경로의 배송은 거의 모두 ${limit} 안에 끝납니다. 배송 ${cases}건을 본 기준입니다.`,
    },
    restock: (limit, orders) =>
      `주문 ${orders}건의 평균이 기준 시간 ${limit} 초과. 주문을 받은 뒤에 상품을 들여오는 것으로 보입니다. 재고를 미리 확보하도록 안내해 주세요.`,
    factors: (words) => `지연 가능성을 높이는 요인: ${words.join(', ')}`,
    features: {
      promise_has_passed: '약속한 도착일이 이미 지남',
      promised_time: '약속한 배송 기간이 짧음',
      expected_time: '배송이 오래 걸리는 경로',
      seller_promptness: '출고가 늦음',
      customer_state: '도착 지역',
      seller_state: '출발 지역',
    },
    expected: (median, latest) => `${median} (90 % 확률로 ${latest} 이전)`,
  },
  inventory: {
    ordered: (pieces, leadTime) => `${pieces} 자동 주문됨. 입고까지 예상 기간: ${leadTime}`,
  },
  incidents: koIncidents,
  addressProblems: {
    userMissing: '고객 번호 없음',
    addressMissing: '배송지 없음',
    addressShort: (characters) => `배송지가 ${characters}자보다 짧음`,
    placeholder: (word) => `배송지에 임시 값 ${word} 포함`,
  },

  labels: {
    order: '주문',
    status: '주문 상태',
    product: '상품',
    quantity: '수량',
    amount: '금액',
    region: '지역',
    channel: '판매 채널',
    user: '고객',
    address: '배송지',
    position: '레코드 위치',
    errorType: '오류 종류',
    reason: '사유',
    note: '메모',
    alert: '알림',
    kind: '종류',
    severity: '심각도',
    opened: '발생',
    hold: '보류',
    members: '주요 알림',
    seller: '판매자',
    grade: '상품 등급',
    promised: '약속한 도착일',
    expected: '예상 도착',
    lateProbability: '지연 확률',
    warehouse: '창고',
    available: '가용 재고',
    reorderPoint: '재주문 기준',
    safetyStock: '안전 재고',
    ordered: '주문 수량',
    due: '입고 예정',
  },
  pieces: (quantity) => `${quantity}개`,
  openedAt: (time) => `발생 ${time}`,
  alertNumber: (id) => `알림 #${id}`,
  holdNumber: (id, episode) => (episode === 1 ? `보류 #${id}` : `보류 #${id} (${episode}번째)`),
  between: (first, last) => `발생 ${first} ~ ${last}`,
  more: (count) => `… 외 ${count}건`,

  states: {
    acknowledged: (who, time) => `*ACK* 확인${by(who)} · ${time}`,
    resolved: (who, time, took) => `*RESOLVED* 해결${by(who)} · ${time} · 발생 후 ${took}`,
    retrying: (who, time) => `*RETRY* 요청${by(who)} · ${time} · 결과를 기다리고 있습니다`,
    reopened: (who, time) => `*OPEN* 다시 미확인${by(who)} · ${time}`,
    snoozedUntil: (time) => `${time}까지 다시 알리지 않습니다`,
    snoozedUntilFixed: '해결될 때까지 다시 알리지 않습니다',
    released: '보류를 해제했습니다. 주문이 계속 진행됩니다.',
    canceled: '주문을 취소했습니다.',
  },

  buttons: {
    ack: 'ACK 확인',
    resolve: 'RESOLVE 해결',
    retry: 'RETRY 재시도',
    ackAll: (count) => `ACK 확인 (${count}건)`,
    resolveAll: (count) => `RESOLVE 해결 (${count}건)`,
    retryAll: (count) => `RETRY 재시도 (${count}건)`,
    showAll: (count) => `전체 ${count}건 보기`,
    snooze: '알림 미루기…',
    unsnooze: '미루기 해제',
    evidence: '근거 보기',
    grafana: 'Grafana에서 열기',
    runbook: '대응 절차 보기',
    previous: '◀ 이전',
    next: '다음 ▶',
  },
  confirmRetry: {
    hold: {
      title: '주문을 다시 판정할까요?',
      text: '현재 데이터로 주문을 다시 판정합니다. 문제가 없으면 보류가 풀리고 주문이 진행됩니다. 문제가 남아 있으면 이 알림이 사유와 함께 다시 열립니다.',
      confirm: 'RETRY 재시도',
      deny: '그만두기',
    },
    record: {
      title: '레코드를 다시 보낼까요?',
      text: '거부된 원본 레코드를 같은 키로 원래 토픽에 다시 보냅니다. 원본이 그대로 잘못되어 있으면 다시 거부됩니다.',
      confirm: 'RETRY 재시도',
      deny: '그만두기',
    },
    group: (count) => ({
      title: `${count}건을 재시도할까요?`,
      text: `미해결 알림 ${count}건을 하나씩 다시 처리합니다. 결과는 스레드에 남습니다.`,
      confirm: 'RETRY 재시도',
      deny: '그만두기',
    }),
  },

  plain: {
    commands: (id, canRetry) =>
      `버튼을 표시할 수 없습니다. 명령으로 처리해 주세요: /holdfast ack ${id} · /holdfast resolve ${id}${canRetry ? ` · /holdfast retry ${id}` : ''}`,
    groupCommands: '버튼을 표시할 수 없습니다. 명령으로 처리해 주세요: /holdfast list',
  },

  resolveModal: {
    title: 'RESOLVE 해결',
    submit: '해결하기',
    cancel: '그만두기',
    intro: (subject) => `다음 알림을 해결합니다.\n${subject}`,
    decision: '주문을 어떻게 할까요?',
    release: '보류 해제',
    releaseMeans: '주문이 계속 진행되어 출고될 수 있습니다.',
    cancelOrder: '주문 취소',
    cancelMeans: '주문이 취소되고 출고되지 않습니다. 되돌릴 수 없습니다.',
    warning: (orders) =>
      orders === 1
        ? '⚠️ 결정은 바로 창고에 전달됩니다. 사기가 의심되면 보류를 해제하지 마세요.'
        : `⚠️ 결정은 주문 ${orders}건 모두에 적용되고 바로 창고에 전달됩니다. 사기가 의심되면 보류를 해제하지 마세요.`,
    cause: '원인',
    causePlaceholder: '원인을 골라 주세요',
    causes: {
      false_positive: '오탐',
      customer_confirmed: '고객에게 확인함',
      fraud_confirmed: '사기로 확인됨',
      data_corrected: '데이터를 바로잡음',
      restocked: '재고가 들어옴',
      other: '기타',
    },
    note: '메모',
    notePlaceholder: '다른 담당자에게 도움이 될 내용을 남겨 주세요',
    errors: {
      decision: '보류 해제와 주문 취소 중 하나를 골라 주세요.',
      cause: '원인을 골라 주세요.',
      noteTooLong: (max) => `메모는 ${max}자까지 쓸 수 있습니다.`,
      fraudReleased:
        '사기로 확인된 주문은 보류를 해제할 수 없습니다. 주문 취소를 고르거나 원인을 바꿔 주세요.',
    },
  },
  evidenceModal: {
    title: '알림 근거',
    close: '닫기',
    evidence: '근거 데이터',
    errorText: '오류 내용',
    truncated: (shown, all) =>
      `… 너무 길어서 ${all}자 중 ${shown}자만 표시했습니다. 전체는 데이터베이스에 있습니다.`,
    masked: '개인정보는 앞 세 글자만 표시합니다.',
  },
  snoozeModal: {
    title: '알림 미루기',
    submit: '미루기',
    cancel: '그만두기',
    intro: (subject) => `그동안 다시 알리지 않습니다. 알림은 그대로 남아 있습니다.\n${subject}`,
    until: '언제까지 미룰까요?',
    choices: { '15m': '15분', '1h': '1시간', '4h': '4시간', fixed: '해결될 때까지' },
    tomorrow: (time) => `내일 오전 9시 (${time})`,
    error: '언제까지 미룰지 골라 주세요.',
  },
  membersModal: {
    title: '전체 알림',
    close: '닫기',
    page: (page, pages, total) => `전체 ${total}건 · ${page}/${pages}쪽`,
    empty: '이 쪽에는 알림이 없습니다.',
  },

  thread: {
    actions: {
      ACK: '*ACK* 확인',
      UNACK: '*OPEN* 확인을 되돌림',
      RESOLVE: '*RESOLVE* 해결',
      RETRY: '*RETRY* 요청',
      RETRY_SUCCEEDED: '*RETRY* 성공',
      RETRY_FAILED: '*RETRY* 실패, 다시 미확인',
      RETRY_EXPIRED: '*RETRY* 제시간에 결과 없음, 다시 미확인',
      SNOOZE: '알림 미룸',
      UNSNOOZE: '미루기 해제',
      SNOOZE_ENDED: '미룬 시간이 끝나 다시 알림',
      CLOSE: '*RESOLVED* 원인 시스템에서 해소됨',
      REMIND: '확인 요청',
      ESCALATE: '상위 담당자 호출',
      REPOST: '다시 게시함: 이전 메시지와 그 스레드를 더 이상 쓸 수 없습니다',
      APPROVE: '조치 *승인*',
      REJECT: '조치 *거절*',
    },
    decisions: { release: '보류 해제', cancel: '주문 취소' },
    changed: (before, after) => `${before} → ${after}`,
    by: (who) => who,
    automatic: '자동',
    overApi: 'API',
    until: (time) => `${time}까지`,
    untilFixed: '해결될 때까지',
    remind: (status) => `아직 ${status} 상태입니다`,
    escalate: (who) => (who === null ? '아무도 확인하지 않았습니다' : `${who} 확인해 주세요`),
  },

  replies: {
    already: {
      OPEN: (who, time) => `그사이 상태가 바뀌어 ${time}부터 미확인(OPEN)입니다${by(who)}.`,
      ACK: (who, time) =>
        who === null ? `${time}에 이미 ACK되었습니다.` : `${who} 님이 ${time}에 이미 ACK했습니다.`,
      RETRY_REQUESTED: (who, time) =>
        who === null
          ? `${time}에 요청된 RETRY가 진행 중입니다.`
          : `${who} 님이 ${time}에 요청한 RETRY가 진행 중입니다.`,
      RESOLVED: (who, time) =>
        who === null ? `${time}에 이미 RESOLVE되었습니다.` : `${who} 님이 ${time}에 이미 RESOLVE했습니다.`,
    },
    nothingChanged: '바뀐 것은 없습니다.',
    refused: (action, alert, status) => `${alert}: 지금 상태(${status})에서는 ${action}할 수 없습니다.`,
    notRetriable: (alert) => `${alert}: 다시 처리할 보류나 레코드가 없어 RETRY할 수 없습니다.`,
    notAllowed: (group) =>
      group === null
        ? '이 작업을 할 권한이 없습니다.'
        : `이 작업은 ${group} 그룹만 할 수 있습니다. 권한이 필요하면 그룹 관리자에게 요청해 주세요.`,
    operatorsUnknown: (group) =>
      `아무것도 바꾸지 않았습니다. ${group ?? '담당자'} 그룹의 구성원을 아직 확인하지 못했습니다. 잠시 뒤에 다시 눌러 주세요.`,
    unknownAlert: (id) => `찾을 수 없는 알림입니다: ${id}. 번호는 /holdfast list 로 확인할 수 있습니다.`,
    databaseAway: '데이터베이스에 연결할 수 없어 아무것도 바꾸지 않았습니다. 잠시 뒤에 다시 눌러 주세요.',
    noAnswerInTime:
      '제시간에 답을 받지 못했습니다. 처리되었다면 곧 메시지에 나타납니다. 메시지의 상태를 확인한 뒤에 다시 눌러 주세요.',
    done: {
      ACK: 'ACK 확인',
      UNACK: '확인 되돌림',
      RESOLVE: 'RESOLVE 해결',
      RETRY: 'RETRY 요청',
      SNOOZE: '알림 미룸',
      UNSNOOZE: '미루기 해제',
    },
    groupDone: (done, count) => `${done} ${count}건`,
    groupAlready: (count) => `이미 처리됨 ${count}건`,
    groupRefused: (count) => `현재 상태에서 할 수 없음 ${count}건`,
    groupFailed: (count) => `실패 ${count}건, 다시 눌러 주세요`,
    groupNothing: '처리할 알림이 없습니다.',
  },

  list: {
    titles: {
      all: '미해결 알림',
      critical: '심각한 미해결 알림',
      warning: '경고 등급 미해결 알림',
      mine: '내가 ACK한 알림',
    },
    none: {
      all: '미해결 알림이 없습니다.',
      critical: '심각한 미해결 알림이 없습니다.',
      warning: '경고 등급 미해결 알림이 없습니다.',
      mine: '내가 ACK한 미해결 알림이 없습니다.',
    },
    history: '이력',
  },
  home: {
    title: 'Holdfast 알림',
    updated: (time) => `${time} 기준`,
    unresolved: (count) => `미해결 ${count}건`,
    open: (count) => `미확인 ${count}건`,
    mine: (count) => `내가 확인한 알림 ${count}건`,
    snoozed: (count) => `미룬 알림 ${count}건`,
    allQuiet: '✅ 미해결 알림이 없습니다.',
    more: (count) => `… 외 ${count}건은 /holdfast list 로 볼 수 있습니다.`,
  },

  help: [
    '`/holdfast list` 미해결 알림. `list critical`, `list warning`, `list mine` 으로 좁힐 수 있습니다',
    '`/holdfast show 12` 알림 12번과 그 이력',
    '`/holdfast ack 12 메모` 확인',
    '`/holdfast resolve 12 release 메모` 보류를 풀고 해결',
    '`/holdfast resolve 12 cancel 메모` 주문을 취소하고 해결',
    '`/holdfast resolve 12 메모` 보류가 아닌 알림을 해결',
    '`/holdfast retry 12` 다시 처리',
    '`/holdfast snooze 12 30m` 알림 미루기. `30m`, `2h`, `1d` 처럼 씁니다',
    '`/holdfast unsnooze 12` 미루기 해제',
  ],
  problems: {
    unknownCommand: (word) => `없는 명령입니다: ${word}`,
    missingId: (command) => `알림 번호가 없습니다. 이렇게 입력해 주세요: \`/holdfast ${command} 12\``,
    badId: (command, word) =>
      `알림 번호가 아닙니다: ${word}. 이렇게 입력해 주세요: \`/holdfast ${command} 12\``,
    badFilter: (word) =>
      `목록을 좁힐 수 없는 말입니다: ${word}. 이 중에서 입력해 주세요: \`/holdfast list\`, \`list critical\`, \`list warning\`, \`list mine\``,
    missingDuration: (id) =>
      `얼마나 미룰지 적어 주세요. 이렇게 입력해 주세요: \`/holdfast snooze ${id} 30m\``,
    badDuration: (id, word) =>
      `1m에서 30d 사이의 시간이 아닙니다: ${word}. 이렇게 입력해 주세요: \`/holdfast snooze ${id} 30m\` (또는 \`2h\`, \`1d\`)`,
    surplus: (command, word) =>
      `${command} 명령에는 필요 없는 말이 있습니다: ${word}. 빼고 다시 입력해 주세요.`,
    noteTooLong: (max) => `메모는 ${max}자까지 쓸 수 있습니다. 줄여서 다시 입력해 주세요.`,
  },
};
