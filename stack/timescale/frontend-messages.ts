/** Message types a client may send after the start-up; anything else would crash the WASM build. */
export const FRONTEND_TYPES = {
  bind: 0x42, // B
  close: 0x43, // C
  describe: 0x44, // D
  execute: 0x45, // E
  functionCall: 0x46, // F
  flush: 0x48, // H
  parse: 0x50, // P
  query: 0x51, // Q
  sync: 0x53, // S
  terminate: 0x58, // X
  copyDone: 0x63, // c
  copyData: 0x64, // d
  copyFail: 0x66, // f
} as const;

/** Builds one typed message: type byte, length, body. */
export function frontendMessage(type: number, body: Uint8Array): Buffer {
  const message = Buffer.allocUnsafe(5 + body.length);
  message[0] = type;
  message.writeInt32BE(4 + body.length, 1);
  message.set(body, 5);
  return message;
}

/** A simple query. */
export const queryMessage = (sql: string): Buffer =>
  frontendMessage(FRONTEND_TYPES.query, Buffer.from(`${sql}\0`));

/** The end of an extended-protocol run. */
export const syncMessage = (): Buffer => frontendMessage(FRONTEND_TYPES.sync, Buffer.alloc(0));

/** Closes a prepared statement; closing an unknown one is no error. */
export const closeStatementMessage = (name: string): Buffer =>
  frontendMessage(FRONTEND_TYPES.close, Buffer.from(`S${name}\0`));

/** Tells a backend that asks for COPY data that none will come. */
export const copyFailMessage = (reason: string): Buffer =>
  frontendMessage(FRONTEND_TYPES.copyFail, Buffer.from(`${reason}\0`));

/** A version 3.0 start-up packet. */
export function startupPacket(parameters: Record<string, string>): Buffer {
  const pairs = Object.entries(parameters).flat();
  const body = Buffer.from(`${pairs.join('\0')}\0\0`);
  const packet = Buffer.allocUnsafe(8 + body.length);
  packet.writeInt32BE(packet.length, 0);
  packet.writeInt32BE(196608, 4);
  packet.set(body, 8);
  return packet;
}
