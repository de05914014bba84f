/**
 * The registry cannot be asked now: it is away, overloaded, refuses our login, or something else answers at its address.
 * Nothing is wrong with the record that needed a schema.
 */
export class RegistryAway extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'RegistryAway';
  }
}

/** The registry takes a schema in no other form than it is: it is none, or not compatible with those of its subject. */
export class SchemaRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SchemaRefused';
  }
}
