import avro, { type Type, type types } from 'avsc';
import { type AvroSchema, type EventSchema, type FieldSchema, itemFields } from './event-schemas.ts';
import { type LeafKind, LeafType, leafKindOf } from './leaf-type.ts';

/**
 * The type as which records of a producer's type are read: the fields of our schema under our names, each read out of
 * whatever the producer has that means the same, and with them the fields that only the producer knows.
 *
 * A field is the producer's of the same name, else the one by an alias of ours, else the one that says, as an alias, it was
 * called like ours before. What the producer does not have is left out, as in JSON.
 *
 * @throws naming the field of which the types cannot be the same
 */
export function readerType(ours: Pick<EventSchema, 'fields'>, writer: types.RecordType): Type {
  return recordType(ours.fields, writer, '');
}

function recordType(ours: readonly FieldSchema[], writer: types.RecordType, path: string): Type {
  const taken = new Set<types.Field>();
  const fields: object[] = [];
  for (const field of ours) {
    const source = sourceOf(field, writer.fields);
    if (source === undefined) continue;
    taken.add(source);
    const type = nullable(typeOf(field.type, source.type, `${path}${field.name}`));
    const aliases = source.name === field.name ? [] : [source.name];
    fields.push({ name: field.name, type, aliases, default: null });
  }
  for (const field of writer.fields)
    if (!taken.has(field)) fields.push({ name: field.name, type: field.type });
  return avro.Type.forSchema({ type: 'record', name: writer.name ?? 'Event', fields } as never, {
    omitRecordMethods: true,
  });
}

function sourceOf(ours: FieldSchema, fields: readonly types.Field[]): types.Field | undefined {
  return (
    fields.find((field) => field.name === ours.name) ??
    fields.find((field) => ours.aliases?.includes(field.name)) ??
    fields.find((field) => field.aliases.includes(ours.name))
  );
}

function typeOf(ours: AvroSchema, writer: Type, path: string): Type {
  const branches = branchesOf(writer).filter((branch) => branch.typeName !== 'null');
  const items = itemFields(ours);
  if (items === undefined) return leafType(leafKindOf(ours), branches, path);
  const [array] = branches;
  if (branches.length !== 1 || array?.typeName !== 'array') throw mismatch(path, 'an array', branches);
  const [record, ...others] = branchesOf((array as types.ArrayType).itemsType);
  if (record?.typeName !== 'record' || others.length > 0)
    throw mismatch(`${path}[]`, 'a record', record === undefined ? [] : [record, ...others]);
  const read = recordType(items, record as types.RecordType, `${path}.`);
  return avro.Type.forSchema({ type: 'array', items: read } as never);
}

function leafType(kind: LeafKind, branches: readonly Type[], path: string): Type {
  const type = LeafType.of(kind);
  for (const branch of branches) if (!type.reads(branch)) throw mismatch(path, type.says, [branch]);
  return type;
}

function nullable(type: Type): Type {
  return avro.Type.forSchema(['null', type] as never, { wrapUnions: 'never' });
}

/** The types of a union, or the one type. */
export function branchesOf(type: Type): readonly Type[] {
  return type.typeName.startsWith('union:') ? (type as types.UnwrappedUnionType).types : [type];
}

function mismatch(path: string, wanted: string, found: readonly Type[]): Error {
  const names = found.map((type) => type.name ?? type.typeName.replace(/^(logical|abstract):/, ''));
  return new Error(`${path} is ${names.join(' or ')}, which is not read as ${wanted}`);
}
