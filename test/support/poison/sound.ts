/** A clock for poison traffic: everything that is judged by "now" is judged by this. */
export const POISON_NOW_MS = Date.parse('2026-03-02T12:00:00Z');

/** A sound ORDER_CREATED event, without a product: it takes no part in the burst rules. */
export function soundEvent(orderId: string): Record<string, unknown> {
  return {
    order_id: orderId,
    event_type: 'ORDER_CREATED',
    occurred_at: '2026-03-02T11:59:58.123456+00:00',
    event_id: `${orderId}.1`,
    user_id: 'U-1',
    product_name: '사과 한 상자',
    shipping_address: '서울특별시 마포구 양화로 45',
    quantity: 2,
    amount: 19_900,
    currency: 'KRW',
  };
}

export function soundText(orderId: string): string {
  return JSON.stringify(soundEvent(orderId));
}

/** A sound event with more members, given as JSON text, before its end. */
export function withMembers(orderId: string, members: string): Buffer {
  return Buffer.from(`${soundText(orderId).slice(0, -1)},${members}}`);
}
