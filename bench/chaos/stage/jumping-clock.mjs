import { readFileSync } from 'node:fs';

/*
 * Loaded before a program by NODE_OPTIONS=--import: its wall clock is then off by as many milliseconds as a file says,
 * from one moment to the next, as when somebody sets the machine's clock. Timers and performance.now() are monotonic on
 * a real machine, too, and stay as they are.
 */
const file = process.env.CHAOS_CLOCK_FILE;
const LOOK_MS = 100;
const RealDate = Date;
let offset = 0;

function look() {
  try {
    offset = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    offset = 0;
  }
}

class JumpingDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + offset);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + offset;
  }
}

if (file !== undefined) {
  look();
  setInterval(look, LOOK_MS).unref();
  globalThis.Date = JumpingDate;
}
