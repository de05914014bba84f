import { en } from './en.ts';
import { ko } from './ko.ts';
import type { Texts } from './texts.ts';

const TEXTS: Readonly<Record<'ko' | 'en', Texts>> = { ko, en };

/** The words of a language. */
export function textsOf({ locale }: { locale: 'ko' | 'en' }): Texts {
  return TEXTS[locale];
}
