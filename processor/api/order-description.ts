import { z } from 'zod';
import { id } from './request/parameters.ts';

/** A row as its table or view has it; docs/contracts.md names the columns. */
const row = z.record(z.string(), z.unknown());

/** How the document describes `GET /api/v1/orders/{order_id}`, which `orders-routes.ts` answers. */
export const orderDescription = {
  name: 'Order',
  path: '/api/v1/orders/{order_id}',
  summary: 'One order with its events, holds and alerts',
  description:
    'Rows as in orders_current, events, holds and alerts. user_id and shipping_address keep three characters unless HOLDFAST_SHOW_PERSONAL_DATA is true. Of events, holds and alerts the latest 1000.',
  place: z.strictObject({ order_id: id }),
  query: z.object({}),
  answer: z.object({ order: row, events: z.array(row), holds: z.array(row), alerts: z.array(row) }),
  notFound: 'Nobody has heard of this order.',
};
