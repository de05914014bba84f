/**
 * What Slack allows, in characters or items. From the pages of https://docs.slack.dev/reference/block-kit (blocks,
 * block elements, composition objects), https://docs.slack.dev/reference/views,
 * https://docs.slack.dev/reference/methods/chat.postMessage and .../views.open.
 */
export const LIMITS = {
  /** "You can include up to 50 blocks in each message, and 100 blocks in modals or Home tabs." */
  messageBlocks: 50,
  viewBlocks: 100,
  blockId: 255,
  actionId: 255,

  sectionText: 3000,
  sectionFields: 10,
  sectionField: 2000,
  headerText: 150,
  contextElements: 10,
  actionsElements: 25,
  inputLabel: 2000,
  inputHint: 2000,
  markdownText: 12_000,
  imageUrl: 3000,
  imageAltText: 2000,
  imageTitle: 2000,
  /** Of any text object where nothing stricter is said. */
  text: 3000,

  buttonText: 75,
  buttonValue: 2000,
  buttonUrl: 3000,
  accessibilityLabel: 75,
  overflowOptionsMin: 2,
  overflowOptionsMax: 5,
  selectOptions: 100,
  optionGroups: 100,
  groupLabel: 75,
  choiceOptions: 10,
  optionText: 75,
  optionValue: 150,
  optionDescription: 75,
  optionUrl: 3000,
  placeholder: 150,
  inputMaxLength: 3000,

  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,

  viewTitle: 24,
  viewSubmit: 24,
  viewClose: 24,
  privateMetadata: 3000,
  callbackId: 255,
  externalId: 255,
  /** "Error returned if the provided view is greater than 250kb." */
  viewBytes: 250 * 1024,
  /** "Currently the limit is 3." */
  viewStack: 3,

  /** "Slack will truncate messages containing more than 40,000 characters"; 4,000 are recommended. */
  messageText: 40_000,
  /** "A maximum of 100 attachments are allowed on a message." */
  attachments: 100,
  /**
   * Characters of JSON of the blocks of a posted message. Not in the reference: msg_blocks_too_long was seen from 13,298
   * on, and with less text where there was more structure (https://github.com/slackapi/bolt-js/issues/2509 and 2867).
   */
  messageBlocksJson: 13_200,
  /** Slack has metadata_too_large, and names no number. This one is ours. */
  metadataBytes: 16 * 1024,
} as const;
