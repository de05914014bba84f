/** Blocks, messages and views as lines that a person can read in a snapshot; nothing that Slack shows is left out. */

type Json = Record<string, unknown>;

export function renderMessage(message: object): string {
  const { text, blocks, attachments = [], metadata } = message as Json;
  return [
    `text: ${String(text)}`,
    ...renderBlocks(blocks),
    ...(attachments as Json[]).flatMap((one) => [
      `┃ ${String(one.color)}  (${String(one.fallback)})`,
      ...renderBlocks(one.blocks).map((line) => `┃ ${line}`),
    ]),
    ...(metadata === undefined ? [] : [`metadata: ${JSON.stringify(metadata)}`]),
  ].join('\n');
}

export function renderView(view: object): string {
  const { title, submit, close, callback_id, private_metadata, blocks } = view as Json;
  return [
    `[${textOf(title)}] submit: ${textOf(submit)} close: ${textOf(close)}`,
    `${String(callback_id)} ${String(private_metadata)}`,
    ...renderBlocks(blocks),
  ].join('\n');
}

function renderBlocks(blocks: unknown): string[] {
  return (blocks as Json[]).flatMap((block) => {
    const head = `${String(block.type)} ${String(block.block_id)}`;
    return [head, ...linesOf(block).map((line) => `    ${line}`)];
  });
}

function linesOf(block: Json): string[] {
  return [
    ...(block.label === undefined
      ? []
      : [`${textOf(block.label)}${block.optional === true ? ' (optional)' : ''}`]),
    ...(block.text === undefined ? [] : textOf(block.text).split('\n')),
    ...((block.fields ?? []) as Json[]).map((field) => textOf(field).replace('\n', ' | ')),
    ...((block.elements ?? []) as Json[]).flatMap(elementLines),
    ...(block.accessory === undefined ? [] : elementLines(block.accessory as Json)),
    ...(block.element === undefined ? [] : elementLines(block.element as Json)),
  ];
}

function elementLines(element: Json): string[] {
  if (element.type === 'mrkdwn' || element.type === 'plain_text') return textOf(element).split('\n');
  const style = element.style === undefined ? '' : ` ${String(element.style)}`;
  const label = textOf(element.text ?? element.placeholder);
  return [
    `(${String(element.type)}${style}) ${label} ${String(element.action_id)} ${String(element.value ?? '')}`.trimEnd(),
    ...((element.options ?? []) as Json[]).map((option) =>
      `  - ${textOf(option.text)} = ${String(option.value)} ${String(option.url ?? '')} ${textOf(option.description)}`.trimEnd(),
    ),
    ...(element.confirm === undefined ? [] : confirmLines(element.confirm as Json)),
  ];
}

function confirmLines(confirm: Json): string[] {
  return [
    `  ? ${textOf(confirm.title)} ${textOf(confirm.text)} [${textOf(confirm.confirm)}] [${textOf(confirm.deny)}]`,
  ];
}

function textOf(text: unknown): string {
  return text === undefined ? '' : String((text as Json).text);
}
