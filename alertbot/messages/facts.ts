import { isOrderStatus } from '../../domain/order/status.ts';
import type { Texts } from '../texts/texts.ts';
import type { AlertView, MessageSettings, OrderView } from './alert-view.ts';
import { concernOf, deliveryFacts } from './delivery-alert.ts';
import { code, inline } from './escape.ts';
import { idOf } from './evidence-values.ts';
import { incidentFacts } from './incident-alert.ts';
import { inventoryFacts } from './inventory-alert.ts';

type Zone = Pick<MessageSettings, 'timeZone'>;

/** A label and its value, both mrkdwn. */
export interface Fact {
  label: string;
  value: string;
}

const ID = 120;
const WORDS = 160;
/** What fits into two columns without hiding the buttons. */
const MOST = 8;

/** What an alert is about: its order, its record, or the plain members of its evidence. */
export function alertFacts(view: AlertView, settings: Zone, texts: Texts): Fact[] {
  if (concernOf(view) !== null) return deliveryAlertFacts(view, settings, texts).slice(0, MOST);
  const incident = incidentFacts(view, texts);
  if (incident !== null) return named(incident);
  const stock = inventoryFacts(view, settings, texts);
  if (stock !== null) return named(stock);
  if (view.order !== null) return orderFacts(view.order, texts);
  if (view.record !== null) return recordFacts(view.record, texts);
  return evidenceFacts(view.evidence).slice(0, MOST);
}

export function factFields(facts: readonly Fact[]): string[] {
  return facts.map(({ label, value }) => `*${label}*\n${value}`);
}

/** Of the order only what a delay is about: whoever needs more has its page. */
function deliveryAlertFacts(view: AlertView, settings: Zone, texts: Texts): Fact[] {
  const { order, evidence } = view;
  const { labels } = texts;
  const shown = order === null ? idOf(evidence, 'product_id') : product(order, WORDS);
  return named([
    [labels.order, order === null ? null : code(order.orderId, ID)],
    [labels.status, order === null ? null : orderStatus(order.status, texts)],
    [labels.product, shown],
    ...deliveryFacts(view, settings, texts),
  ]);
}

function named(facts: readonly (readonly [label: string, value: string | null])[]): Fact[] {
  return facts.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}

function orderFacts(order: OrderView, texts: Texts): Fact[] {
  const { labels } = texts;
  const facts: (Fact | null)[] = [
    { label: labels.order, value: code(order.orderId, ID) },
    { label: labels.status, value: orderStatus(order.status, texts) },
    fact(labels.product, product(order, WORDS)),
    fact(labels.quantity, order.quantity === null ? null : texts.pieces(grouped(order.quantity))),
    fact(labels.amount, amount(order)),
    fact(labels.region, order.region === null ? null : inline(order.region, WORDS)),
    fact(labels.channel, order.channel === null ? null : inline(order.channel, WORDS)),
    fact(labels.user, order.userId === null ? null : code(order.userId, ID)),
    fact(labels.address, order.shippingAddress === null ? null : code(order.shippingAddress, WORDS)),
  ];
  return facts.filter((one) => one !== null);
}

function recordFacts(record: NonNullable<AlertView['record']>, { labels }: Texts): Fact[] {
  return [
    { label: labels.position, value: code(`${record.topic} ${record.partition}:${record.offset}`, ID) },
    { label: labels.errorType, value: code(record.errorType, ID) },
  ];
}

/** The members that are one value, and those of the objects among them: `labels.severity`. */
function evidenceFacts(evidence: AlertView['evidence']): Fact[] {
  const flat = Object.entries(evidence).flatMap(([name, value]) =>
    isObject(value)
      ? Object.entries(value).map(([inner, own]) => [`${name}.${inner}`, own] as const)
      : [[name, value] as const],
  );
  return flat
    .filter(([, value]) => isScalar(value))
    .map(([name, value]) => ({ label: inline(name, ID), value: code(String(value), WORDS) }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['number', 'boolean'].includes(typeof value) || (typeof value === 'string' && value.trim() !== '');
}

function fact(label: string, value: string | null): Fact | null {
  return value === null ? null : { label, value };
}

/** The name and the id of a product, as much as is known, each of at most `max` UTF-16 units. */
export function product(
  { productId, productName }: Pick<OrderView, 'productId' | 'productName'>,
  max: number,
): string | null {
  const name = productName === null ? null : inline(productName, max);
  const id = productId === null ? null : code(productId, max);
  return name !== null && id !== null ? `${name} (${id})` : (name ?? id);
}

function orderStatus(status: string, texts: Texts): string {
  return isOrderStatus(status) ? `${texts.orderStatuses[status]} (${status})` : code(status, ID);
}

function amount({ amount: value, currency }: OrderView): string | null {
  if (value === null) return null;
  return currency === null ? grouped(value) : `${grouped(value)} ${inline(currency, WORDS)}`;
}

/** 1234567.5 as 1,234,567.5; the same on every machine. */
function grouped(value: number): string {
  const [whole = '', fraction] = String(value).split('.');
  if (!/^-?\d+$/u.test(whole)) return String(value);
  const withCommas = whole.replace(/\B(?=(\d{3})+$)/gu, ',');
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}
