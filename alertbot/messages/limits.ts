/** Slack's limits, in characters where it is not said otherwise (docs.slack.dev, reference of Block Kit). */
export const LIMITS = {
  /** Slack takes 40,000 of `text` and cuts the rest; a notification needs far less. */
  text: 3_000,
  section: 3_000,
  field: 2_000,
  fields: 10,
  context: 2_000,
  contextElements: 10,
  header: 150,
  button: 75,
  option: 75,
  options: 5,
  url: 3_000,
  value: 2_000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  modalTitle: 24,
  modalButton: 24,
  label: 2_000,
  placeholder: 150,
  privateMetadata: 3_000,
  messageBlocks: 50,
  viewBlocks: 100,
  /**
   * Bytes of JSON of all blocks. Slack refuses messages with `msg_blocks_too_long` from about 13,200 characters on; the
   * limit is not documented (slackapi/bolt-js#2509).
   */
  messageBytes: 12_000,
  /** Bytes of JSON of a view; Slack refuses from 250,001 on. */
  viewBytes: 240_000,
} as const;
