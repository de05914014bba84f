/** Why the embedded database could not be started; the code survives the way from the child process to its parent. */
export type StartFailureCode = 'FOLDER_IN_USE' | 'FOLDER_BROKEN' | 'PORT_IN_USE' | 'FAILED';

/** The embedded database did not start. The message names what to do about it. */
export class EmbeddedTimescaleError extends Error {
  readonly code: StartFailureCode;

  constructor(code: StartFailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedTimescaleError';
    this.code = code;
  }
}

/** The folder exists but PostgreSQL cannot open what is in it. */
export function folderBroken(dataDir: string, cause: unknown): EmbeddedTimescaleError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EmbeddedTimescaleError(
    'FOLDER_BROKEN',
    `The embedded TimescaleDB cannot open its data folder ${dataDir} (${reason}). ` +
      'To delete that data and start with an empty database: npm start -- --reset',
    { cause },
  );
}

/** Another living process serves this folder; two would destroy it. */
export function folderInUse(dataDir: string, pid: number): EmbeddedTimescaleError {
  return new EmbeddedTimescaleError(
    'FOLDER_IN_USE',
    `The data folder ${dataDir} is already served by process ${pid}. Stop that process first, ` +
      'or point this one at another folder or at a database of its own (DATABASE_URL).',
  );
}

/** Somebody else listens on the port. */
export function portInUse(port: number): EmbeddedTimescaleError {
  return new EmbeddedTimescaleError(
    'PORT_IN_USE',
    `Port ${port} on 127.0.0.1 is taken, so the embedded TimescaleDB cannot listen there. ` +
      'Stop the program that uses it, set HOLDFAST_DATABASE_PORT to another port, or set DATABASE_URL to a database of your own.',
  );
}

/** The WASM instance threw: its memory can no longer be trusted and only a new process helps. */
export class DatabaseCrashedError extends Error {
  constructor(cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`The embedded TimescaleDB crashed (${reason}) and has to be restarted; committed rows are kept.`, {
      cause,
    });
    this.name = 'DatabaseCrashedError';
  }
}
