import { FIELD_NAMES, type OrderFields } from '../../domain/order/event.ts';
import { compareVersions, type EventVersion } from '../../domain/order/event-order.ts';
import type { InvalidCreation, OrderState } from '../../domain/order/fold.ts';

/**
 * `orders.fold_versions`: the distinct event versions an order's values came from, and for each slot (last event,
 * status, then every field in the order of FIELD_NAMES) the index of its version, -1 for none; then what FUL-VALID
 * objected to, if anything. Most orders have one or two versions, so this is some 100 bytes.
 */
export type EncodedVersions = readonly [
  versions: readonly EventVersion[],
  slots: readonly number[],
  invalid?: readonly [version: number, problems: readonly string[]],
];

export function encodeVersions(state: OrderState): EncodedVersions {
  const versions: EventVersion[] = [];
  const indexOf = (version: EventVersion | null): number => {
    if (version === null) return -1;
    const known = versions.findIndex((v) => v === version || compareVersions(v, version) === 0);
    return known >= 0 ? known : versions.push(version) - 1;
  };
  const slots = [indexOf(state.lastVersion), indexOf(state.statusVersion)];
  for (const name of FIELD_NAMES) slots.push(indexOf(state.versions[name]));
  if (state.invalid === null) return [versions, slots];
  return [versions, slots, [indexOf(state.invalid.version), state.invalid.problems]];
}

export interface DecodedVersions {
  lastVersion: EventVersion;
  statusVersion: EventVersion | null;
  versions: Record<keyof OrderFields, EventVersion | null>;
  invalid: InvalidCreation | null;
}

/** The inverse of {@link encodeVersions}. @throws when the column does not hold what it wrote */
export function decodeVersions([versions, slots, invalid]: EncodedVersions): DecodedVersions {
  const at = (slot: number): EventVersion | null => versions[slots[slot] ?? -1] ?? null;
  const lastVersion = at(0);
  if (lastVersion === null) throw new Error('orders.fold_versions does not name the last event');
  const fields = {} as Record<keyof OrderFields, EventVersion | null>;
  FIELD_NAMES.forEach((name, index) => {
    fields[name] = at(index + 2);
  });
  const invalidVersion = invalid === undefined ? undefined : versions[invalid[0]];
  return {
    lastVersion,
    statusVersion: at(1),
    versions: fields,
    invalid:
      invalid === undefined || invalidVersion === undefined
        ? null
        : { version: invalidVersion, problems: invalid[1] },
  };
}
