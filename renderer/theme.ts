/** The look the user chose; `system` follows the desktop. Kept by the window alone: the core has no use for it. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'theme';

/** The chosen look; `system` where nothing was chosen or the browser keeps nothing. */
export function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

/** Shows and keeps a look. */
export function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {}
}
