import { enIncidents } from './en-incidents.ts';
import type { Texts } from './texts.ts';

const by = (who: string | null): string => (who === null ? '' : ` by ${who}`);
const alerts = (count: number): string => (count === 1 ? '1 alert' : `${count} alerts`);

export const en: Texts = {
  severities: { critical: 'Critical', warning: 'Warning', info: 'Info' },
  kinds: {
    EVENT: 'Rejected records',
    HOLD: 'Held orders',
    ANOMALY: 'Anomalies',
    INVENTORY: 'Inventory',
    DELIVERY: 'Deliveries',
    PIPELINE: 'Pipeline',
  },
  statuses: {
    OPEN: 'OPEN',
    ACK: 'ACK',
    RETRY_REQUESTED: 'RETRY running',
    RESOLVED: 'RESOLVED',
  },
  orderStatuses: {
    CREATED: 'created',
    PAID: 'paid',
    PICKING: 'being picked',
    PACKED: 'packed',
    SHIPPED: 'shipped',
    DELIVERED: 'delivered',
    CANCELED: 'canceled',
  },
  snoozed: 'snoozed',
  units: {
    seconds: (count) => `${count} s`,
    minutes: (count) => `${count} min`,
    hours: (count) => `${count} h`,
    days: (count) => `${count} d`,
  },
  count: (count) => alerts(count),
  system: 'Holdfast',

  headlines: {
    held: (order, reason) => `Order ${order} is held: ${reason}`,
    rejected: (position, errorType) => `Record ${position} was rejected: ${errorType}`,
    stopped: (partition, problem) => `Partition ${partition} stopped: ${problem}`,
    notHandedOver: (order, elapsed) => `Order ${order} is not handed over ${elapsed} after its approval`,
    notDelivered: (order, elapsed) => `Order ${order} is not delivered ${elapsed} after its hand-over`,
    probablyLate: (order, percent) => `Order ${order} will be late with a probability of ${percent} %`,
    restock: (seller, average) => `Seller ${seller} hands orders over after ${average} on average: restock`,
    reorder: (product, available) => `Product ${product} is at its reorder point: ${available} available`,
    group: (count, what) => `${count} × ${what}`,
    groupOfHolds: (reason) => `held orders (${reason})`,
  },
  reasons: {
    'FUL-VALID': 'user or address is missing or unusable',
    'FUL-FRAUD-USER': 'one user orders the same product again and again',
    'FUL-FRAUD-PROD': 'a burst of orders for one product',
    'FUL-INV': 'not enough stock',
    EXTERNAL: 'held by another system',
  },
  rejections: {
    PARSE_ERROR: 'it cannot be read',
    SCHEMA_MISSING: 'a required member is missing',
    SCHEMA_INVALID: 'a value is not what it has to be',
    STORE_ERROR: 'the database refused it',
  },
  positionProblems: {
    BELOW_RETENTION: 'records were deleted by retention before they were read',
    BEYOND_END: 'the topic ends before the position: it was re-created or truncated',
    RECREATED: 'another record stands at the position: the topic was re-created',
  },
  details: {
    userBurst: ({ user, product, count, seconds, trigger }) =>
      `User ${user} ordered product ${product} ${count} times within ${seconds} s. The order that triggered it: ${trigger}`,
    productBurst: ({ product, count, seconds, trigger }) =>
      `Product ${product} was ordered ${count} times within ${seconds} s. The order that triggered it: ${trigger}`,
    shortage: ({ product, quantity, available }) =>
      `Not enough of product ${product}: ordered ${quantity}, available when it was decided ${available}`,
    external: (reasonCode) =>
      reasonCode === null
        ? 'Another system asked for the hold, without giving a reason.'
        : `Another system asked for the hold. Its reason code: ${reasonCode}`,
    invalid: (problems) => `The order cannot be delivered as it is: ${problems.join(', ')}`,
    offsets: (from, to) => `Offsets in doubt: from ${from} to before ${to}`,
  },
  delivery: {
    limits: {
      seller: (limit, cases) =>
        `Nearly all orders of this seller are handed over within ${limit} (its ${cases} orders so far, weighed against those of all sellers).`,
      all_sellers: (limit, cases) =>
        `Nearly all orders are handed over within ${limit} (${cases} orders of all sellers; this one has no history yet).`,
      floor: (limit) => `Every order has ${limit} at least, and that is over.`,
      hand_over_by: (limit) => `The seller promised to hand it over within ${limit}.`,
      default: (limit) => `Too little is known yet of what is usual; until then the limit is ${limit}.`,
      route: (limit, cases) =>
        `Nearly all deliveries on such a route take less than ${limit} (${cases} deliveries).`,
    },
    restock: (limit, orders) =>
      `The limit is ${limit}, the average that of ${orders} orders. The goods are probably bought only when they are sold: keep them in stock.`,
    factors: (words) => `What makes it probable: ${words.join(', ')}`,
    features: {
      promise_has_passed: 'the promised date is over already',
      promised_time: 'little time was promised',
      expected_time: 'such deliveries take long',
      seller_promptness: 'handed over late',
      customer_state: 'the destination',
      seller_state: 'the origin',
    },
    expected: (median, latest) => `${median} (nine in ten: by ${latest})`,
  },
  inventory: {
    ordered: (pieces, leadTime) => `Ordered again: ${pieces}. They take ${leadTime} to come.`,
  },
  incidents: enIncidents,
  addressProblems: {
    userMissing: 'no user id',
    addressMissing: 'no shipping address',
    addressShort: (characters) => `shipping address shorter than ${characters} characters`,
    placeholder: (word) => `placeholder ${word} in the shipping address`,
  },

  labels: {
    order: 'Order',
    status: 'Order status',
    product: 'Product',
    quantity: 'Quantity',
    amount: 'Amount',
    region: 'Region',
    channel: 'Sales channel',
    user: 'User',
    address: 'Address',
    position: 'Record',
    errorType: 'Error',
    reason: 'Reason',
    note: 'Note',
    alert: 'Alert',
    kind: 'Kind',
    severity: 'Severity',
    opened: 'Opened',
    hold: 'Hold',
    members: 'First of them',
    seller: 'Seller',
    grade: 'Product grade',
    promised: 'Promised',
    expected: 'Expected',
    lateProbability: 'Probability of being late',
    warehouse: 'Warehouse',
    available: 'Available',
    reorderPoint: 'Reorder point',
    safetyStock: 'Safety stock',
    ordered: 'Ordered',
    due: 'Due',
  },
  pieces: (quantity) => quantity,
  openedAt: (time) => `opened ${time}`,
  alertNumber: (id) => `alert #${id}`,
  holdNumber: (id, episode) => (episode === 1 ? `hold #${id}` : `hold #${id} (episode ${episode})`),
  between: (first, last) => `opened ${first} to ${last}`,
  more: (count) => `… and ${count} more`,

  states: {
    acknowledged: (who, time) => `*ACK*${by(who)} · ${time}`,
    resolved: (who, time, took) => `*RESOLVED*${by(who)} · ${time} · after ${took}`,
    retrying: (who, time) => `*RETRY*${by(who)} · ${time} · waiting for the result`,
    reopened: (who, time) => `*OPEN* again${by(who)} · ${time}`,
    snoozedUntil: (time) => `No reminders until ${time}`,
    snoozedUntilFixed: 'No reminders until it is resolved',
    released: 'The hold was released; the order goes on.',
    canceled: 'The order was canceled.',
  },

  buttons: {
    ack: 'ACK',
    resolve: 'RESOLVE',
    retry: 'RETRY',
    ackAll: (count) => `ACK (${count})`,
    resolveAll: (count) => `RESOLVE (${count})`,
    retryAll: (count) => `RETRY (${count})`,
    showAll: (count) => `Show all ${count}`,
    snooze: 'Snooze…',
    unsnooze: 'End snooze',
    evidence: 'Show evidence',
    grafana: 'Open in Grafana',
    runbook: 'Open runbook',
    previous: '◀ Previous',
    next: 'Next ▶',
  },
  confirmRetry: {
    hold: {
      title: 'Judge the order again?',
      text: 'The order is judged against the data as it is now. If nothing is wrong any more, the hold is released and the order goes on. If something is, this alert opens again with the reason.',
      confirm: 'RETRY',
      deny: 'Not now',
    },
    record: {
      title: 'Send the record again?',
      text: 'The original record is published to its topic again, with the same key. If what is wrong is in the record itself, it will be rejected again.',
      confirm: 'RETRY',
      deny: 'Not now',
    },
    group: (count) => ({
      title: `RETRY ${alerts(count)}?`,
      text: `Each of ${alerts(count)} that are not resolved yet is processed again. The results are posted in the thread.`,
      confirm: 'RETRY',
      deny: 'Not now',
    }),
  },

  plain: {
    commands: (id, canRetry) =>
      `The buttons cannot be shown. Please use commands: /holdfast ack ${id} · /holdfast resolve ${id}${canRetry ? ` · /holdfast retry ${id}` : ''}`,
    groupCommands: 'The buttons cannot be shown. Please use commands: /holdfast list',
  },

  resolveModal: {
    title: 'RESOLVE',
    submit: 'Resolve',
    cancel: 'Not now',
    intro: (subject) => `This is about:\n${subject}`,
    decision: 'What happens to the order?',
    release: 'Release the hold',
    releaseMeans: 'The order goes on and can be shipped.',
    cancelOrder: 'Cancel the order',
    cancelMeans: 'The order is canceled, not shipped. This cannot be undone.',
    warning: (orders) =>
      orders === 1
        ? '⚠️ Warehouses are told at once. Do not *release* an order that you suspect of fraud.'
        : `⚠️ This decides all ${orders} orders, and warehouses are told at once. Do not *release* orders that you suspect of fraud.`,
    cause: 'Cause',
    causePlaceholder: 'Choose a cause',
    causes: {
      false_positive: 'False positive',
      customer_confirmed: 'Customer confirmed',
      fraud_confirmed: 'Fraud confirmed',
      data_corrected: 'Data corrected',
      restocked: 'Restocked',
      other: 'Other',
    },
    note: 'Note',
    notePlaceholder: 'What would help the next person who looks at this?',
    errors: {
      decision: 'Choose whether the hold is released or the order canceled.',
      cause: 'Choose a cause.',
      noteTooLong: (max) => `A note has at most ${max} characters.`,
      fraudReleased: 'A confirmed fraud is not released. Cancel the order, or choose another cause.',
    },
  },
  evidenceModal: {
    title: 'Evidence',
    close: 'Close',
    evidence: 'Evidence',
    errorText: 'Error text',
    truncated: (shown, all) =>
      `… too long: ${shown} of ${all} characters are shown. All of it is in the database.`,
    masked: 'Of personal data only the first three characters are shown.',
  },
  snoozeModal: {
    title: 'Snooze',
    submit: 'Snooze',
    cancel: 'Not now',
    intro: (subject) => `There are no reminders until then. The alert stays.\n${subject}`,
    until: 'Until when?',
    choices: { '15m': '15 minutes', '1h': '1 hour', '4h': '4 hours', fixed: 'Until it is resolved' },
    tomorrow: (time) => `Tomorrow, 09:00 (${time})`,
    error: 'Choose until when.',
  },
  membersModal: {
    title: 'All alerts',
    close: 'Close',
    page: (page, pages, total) => `${alerts(total)} · page ${page} of ${pages}`,
    empty: 'There are no alerts on this page.',
  },

  thread: {
    actions: {
      ACK: '*ACK*',
      UNACK: '*OPEN* again: the ACK was taken back',
      RESOLVE: '*RESOLVE*',
      RETRY: '*RETRY* requested',
      RETRY_SUCCEEDED: '*RETRY* succeeded',
      RETRY_FAILED: '*RETRY* failed, OPEN again',
      RETRY_EXPIRED: '*RETRY* gave no result in time, OPEN again',
      SNOOZE: 'Snoozed',
      UNSNOOZE: 'Snooze ended',
      SNOOZE_ENDED: 'The snooze is over',
      CLOSE: '*RESOLVED* at its source',
      REMIND: 'Reminder',
      ESCALATE: 'Escalated',
      REPOST: 'Posted again: the message before this one, and its thread, cannot be reached any more',
      APPROVE: 'Action approved',
      REJECT: 'Action rejected',
    },
    decisions: { release: 'hold released', cancel: 'order canceled' },
    changed: (before, after) => `${before} → ${after}`,
    by: (who) => `by ${who}`,
    automatic: 'automatic',
    overApi: 'API',
    until: (time) => `until ${time}`,
    untilFixed: 'until it is resolved',
    remind: (status) => `it is still ${status}`,
    escalate: (who) => (who === null ? 'nobody has acknowledged it' : `${who} please look at this`),
  },

  replies: {
    already: {
      OPEN: (who, time) => `It has changed in the meantime, and is OPEN since ${time}${by(who)}.`,
      ACK: (who, time) => `Already acknowledged${by(who)} at ${time}.`,
      RETRY_REQUESTED: (who, time) => `A RETRY requested${by(who)} at ${time} is running.`,
      RESOLVED: (who, time) => `Already resolved${by(who)} at ${time}.`,
    },
    nothingChanged: 'Nothing was changed.',
    refused: (action, alert, status) => `${alert}: ${action} is not possible, it is ${status}.`,
    notRetriable: (alert) => `${alert}: there is no hold and no record to RETRY.`,
    notAllowed: (group) =>
      group === null
        ? 'You are not allowed to do this.'
        : `Only ${group} may do this. Ask whoever looks after that group if you should be in it.`,
    operatorsUnknown: (group) =>
      `Nothing was changed: Slack has not said yet who is in ${group ?? 'the user group of the operators'}. Please try again in a moment.`,
    unknownAlert: (id) => `There is no alert ${id}. /holdfast list shows the numbers.`,
    databaseAway: 'The database cannot be reached; nothing was changed. Please try again in a moment.',
    noAnswerInTime:
      'There was no answer in time. If it was done, the message will show it shortly. Please look at it before you try again.',
    done: {
      ACK: 'acknowledged',
      UNACK: 'given back',
      RESOLVE: 'resolved',
      RETRY: 'sent to RETRY',
      SNOOZE: 'snoozed',
      UNSNOOZE: 'no longer snoozed',
    },
    groupDone: (done, count) => `${count} ${done}`,
    groupAlready: (count) => `${count} were already`,
    groupRefused: (count) => `${count} cannot be in their present status`,
    groupFailed: (count) => `${count} failed, please try again`,
    groupNothing: 'There was nothing to do.',
  },

  list: {
    titles: {
      all: 'Unresolved alerts',
      critical: 'Critical unresolved alerts',
      warning: 'Unresolved warnings',
      mine: 'Alerts you acknowledged',
    },
    none: {
      all: 'There are no unresolved alerts.',
      critical: 'There are no critical unresolved alerts.',
      warning: 'There are no unresolved warnings.',
      mine: 'You have acknowledged no alert that is unresolved.',
    },
    history: 'History',
  },
  home: {
    title: 'Holdfast alerts',
    updated: (time) => `as of ${time}`,
    unresolved: (count) => `${count} unresolved`,
    open: (count) => `Open: ${count}`,
    mine: (count) => `Acknowledged by you: ${count}`,
    snoozed: (count) => `Snoozed: ${count}`,
    allQuiet: '✅ There are no unresolved alerts.',
    more: (count) => `… and ${count} more: /holdfast list`,
  },

  help: [
    '`/holdfast list` unresolved alerts; also `list critical`, `list warning`, `list mine`',
    '`/holdfast show 12` alert 12 and its history',
    '`/holdfast ack 12 note` acknowledges it',
    '`/holdfast resolve 12 release note` releases the hold and resolves it',
    '`/holdfast resolve 12 cancel note` cancels the order and resolves it',
    '`/holdfast resolve 12 note` resolves an alert that is no hold',
    '`/holdfast retry 12` processes it again',
    '`/holdfast snooze 12 30m` no reminders for so long: `30m`, `2h`, `1d`',
    '`/holdfast unsnooze 12` ends that',
  ],
  problems: {
    unknownCommand: (word) => `There is no command ${word}.`,
    missingId: (command) => `The number of the alert is missing. Type: \`/holdfast ${command} 12\``,
    badId: (command, word) => `${word} is no number of an alert. Type: \`/holdfast ${command} 12\``,
    badFilter: (word) =>
      `${word} is not something to list. Type: \`/holdfast list\`, \`list critical\`, \`list warning\` or \`list mine\``,
    missingDuration: (id) => `For how long is missing. Type: \`/holdfast snooze ${id} 30m\``,
    badDuration: (id, word) =>
      `${word} is no time from 1m to 30d. Type: \`/holdfast snooze ${id} 30m\` (or \`2h\`, \`1d\`)`,
    surplus: (command, word) => `${command} takes no ${word}. Type it again without.`,
    noteTooLong: (max) => `A note has at most ${max} characters. Type a shorter one.`,
  },
};
