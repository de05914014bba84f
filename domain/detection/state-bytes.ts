/** Writes state as bytes, little endian, whatever machine it is. */
export class StateWriter {
  private bytes = new DataView(new ArrayBuffer(1024));
  private length = 0;

  number(value: number): void {
    const at = this.grow(8);
    this.bytes.setFloat64(at, value, true);
  }

  float(value: number): void {
    const at = this.grow(4);
    this.bytes.setFloat32(at, value, true);
  }

  byte(value: number): void {
    const at = this.grow(1);
    this.bytes.setUint8(at, value);
  }

  text(value: string): void {
    const bytes = new TextEncoder().encode(value);
    this.number(bytes.length);
    for (const byte of bytes) this.byte(byte);
  }

  floats(values: Float32Array): void {
    for (const value of values) this.float(value);
  }

  finish(): Uint8Array {
    return new Uint8Array(this.bytes.buffer.slice(0, this.length));
  }

  private grow(by: number): number {
    const at = this.length;
    this.length += by;
    if (this.length > this.bytes.byteLength) {
      const larger = new Uint8Array(Math.max(this.length, 2 * this.bytes.byteLength));
      larger.set(new Uint8Array(this.bytes.buffer));
      this.bytes = new DataView(larger.buffer);
    }
    return at;
  }
}

/** Reads what a {@link StateWriter} wrote. Throws a RangeError where the bytes are too few, or too many. */
export class StateReader {
  private readonly bytes: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  number(): number {
    return this.bytes.getFloat64(this.advance(8), true);
  }

  float(): number {
    return this.bytes.getFloat32(this.advance(4), true);
  }

  byte(): number {
    return this.bytes.getUint8(this.advance(1));
  }

  text(): string {
    const bytes = new Uint8Array(this.number());
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = this.byte();
    return new TextDecoder().decode(bytes);
  }

  floats(into: Float32Array): void {
    for (let i = 0; i < into.length; i += 1) into[i] = this.float();
  }

  finish(): void {
    if (this.at !== this.bytes.byteLength) {
      throw new RangeError(
        `${this.bytes.byteLength - this.at} bytes of state are left over: written by another version`,
      );
    }
  }

  private advance(by: number): number {
    const at = this.at;
    this.at += by;
    if (this.at > this.bytes.byteLength)
      throw new RangeError('the state ends too early: cut off, or written by another version');
    return at;
  }
}
