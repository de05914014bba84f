/**
 * A condition the person at the keyboard can change: the message says what is wrong and what to do, so it is printed
 * without a stack trace. 78 is EX_CONFIG of sysexits.h.
 */
export class InstallProblem extends Error {
  exitCode = 78;
}
