import { useSyncExternalStore } from 'react';
import { LANGUAGES, languageOf, type Language, type LanguageChoice } from '../src/model/language.ts';
import { language, onLanguage, setLanguage } from './strings.ts';

const KEY = 'language';

/** The language in force; what draws itself by it is drawn anew when it changes. */
export const useLanguage = (): Language => useSyncExternalStore(onLanguage, () => language);

/**
 * Before anything is drawn and while the settings are on their way: the language of the last time, else the system's, so
 * that no other language flashes up. Never rejects: English is there without being fetched.
 */
export async function openLanguage(): Promise<void> {
  try {
    await setLanguage(kept() ?? languageOf('system', navigator.languages));
  } catch {
    // What can't be fetched now is asked for again once the settings are known.
  }
}

/** Follows the choice in Settings, and keeps it for the next time the window opens. Rejects as `setLanguage` does. */
export async function followLanguage(choice: LanguageChoice): Promise<void> {
  try {
    if (choice === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {}
  await setLanguage(languageOf(choice, navigator.languages));
}

function kept(): Language | undefined {
  try {
    const code = localStorage.getItem(KEY);
    return LANGUAGES.find((each) => each === code);
  } catch {
    return undefined;
  }
}
