import type { Texts } from '../texts/texts.ts';
import type { AlertView, MessageSettings } from './alert-view.ts';
import { inline } from './escape.ts';
import { idOf, numberOf, timeOf } from './evidence-values.ts';

const ID = 120;

/** A product has come to its reorder point; null for an INVENTORY alert that says something else. */
export function inventoryHeadline({ kind, evidence }: AlertView, texts: Texts): string | null {
  const available = numberOf(evidence, 'available');
  if (kind !== 'INVENTORY' || typeof evidence.product_id !== 'string' || available === null) return null;
  if (numberOf(evidence, 'reorder_point') === null) return null;
  return texts.headlines.reorder(inline(evidence.product_id, ID), texts.pieces(String(available)));
}

export function inventoryReason({ kind, evidence }: AlertView, texts: Texts): string | null {
  const quantity = numberOf(evidence, 'ordered_quantity');
  const days = numberOf(evidence, 'lead_time_days');
  if (kind !== 'INVENTORY' || quantity === null || days === null) return null;
  return texts.inventory.ordered(
    texts.pieces(String(quantity)),
    texts.units.days(Math.round(days * 10) / 10),
  );
}

/** Null where the evidence is not that of a reorder point: it is then shown as it is. */
export function inventoryFacts(
  { kind, evidence }: AlertView,
  settings: Pick<MessageSettings, 'timeZone'>,
  texts: Texts,
): [label: string, value: string | null][] | null {
  if (kind !== 'INVENTORY' || numberOf(evidence, 'reorder_point') === null) return null;
  const { labels } = texts;
  const pieces = (name: string) => {
    const value = numberOf(evidence, name);
    return value === null ? null : texts.pieces(String(value));
  };
  return [
    [labels.product, idOf(evidence, 'product_id')],
    [labels.seller, idOf(evidence, 'seller_id')],
    [labels.warehouse, idOf(evidence, 'warehouse_id')],
    [labels.available, pieces('available')],
    [labels.reorderPoint, pieces('reorder_point')],
    [labels.safetyStock, pieces('safety_stock')],
    [labels.ordered, pieces('ordered_quantity')],
    [labels.due, timeOf(evidence, 'due_at', settings)],
  ];
}
