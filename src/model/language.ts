/** The languages there is a catalogue for, by ISO 639-1 code; English first, which the others are made from. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What is chosen in Settings: a language, or the one the system prefers. */
export type LanguageChoice = 'system' | Language;

/**
 * The language a choice means. `preferred` are BCP 47 tags, most wanted first, as `navigator.languages` has them; English
 * where none of them has a catalogue.
 */
export function languageOf(choice: LanguageChoice, preferred: readonly string[]): Language {
  if (choice !== 'system') return choice;
  for (const tag of preferred) {
    const code = tag.toLowerCase().split('-')[0];
    const found = LANGUAGES.find((each) => each === code);
    if (found) return found;
  }
  return 'en';
}

/** The language of a choice outside the window, where the runtime knows the system's locale (ICU). */
export const spokenLanguage = (choice: LanguageChoice): Language =>
  languageOf(choice, [Intl.DateTimeFormat().resolvedOptions().locale]);
