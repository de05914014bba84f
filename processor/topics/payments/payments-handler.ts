import { decodePayment } from '../../../domain/payments/decode-payment.ts';
import type { PaymentEvent } from '../../../domain/payments/payment.ts';
import type { Config } from '../../../platform/config/load.ts';
import { insertPayments } from '../../sql/insert-payments.ts';
import { factsHandler } from '../facts-handler.ts';
import type { TopicHandler } from '../topic-handler.ts';

/** Topic `payments`. That an order is paid says topic `orders`. */
export function paymentsHandler(config: Config): TopicHandler<PaymentEvent> {
  return factsHandler(config, { topic: 'payments', decode: decodePayment, insert: insertPayments });
}
