import { violations } from '../axe.ts';
import { PLAIN, setLook, settle, type Look, type Stage, type State } from '../states/state.ts';
import { misfits } from './layout.ts';

/** Widths in CSS px: a phone, half of it at 200 %, the smallest of WCAG's reflow, a laptop, two large screens. */
const WIDTHS = [320, 360, 560, 640, 1120, 1920, 2560] as const;
const FEW = [320, 1120] as const;

/**
 * Everything that a machine can find wrong with a state, one line each: axe at AA in light and dark, at AAA contrast where
 * more contrast is asked for, and what does not fit at any width. `short` keeps to the looks that differ most.
 */
export async function examine(stage: Stage, state: State, short: boolean): Promise<string[]> {
  const { page } = stage;
  const found: string[] = [];
  const look = async (part: Partial<Look>) => {
    await setLook(page, { ...PLAIN, ...part });
    await settle(page);
  };
  const note = (how: string, lines: readonly string[]) =>
    found.push(...lines.map((each) => `${state.name}, ${how}: ${each}`));

  note('light', await violations(page, 'all'));
  await look({ dark: true });
  note('dark', await violations(page, 'colours'));
  for (const dark of short ? [true] : [false, true]) {
    await look({ dark, contrast: 'more' });
    note(`more contrast, ${dark ? 'dark' : 'light'}`, await violations(page, 'enhanced'));
  }
  for (const width of short ? FEW : WIDTHS) {
    // A small window is a large one at 200 %: low as well as narrow.
    await look({ width, height: width < 700 ? 480 : 860 });
    note(`${width} px`, await misfits(page));
    if (width === 320) note(`${width} px`, await violations(page, 'all'));
  }
  await look({});
  if (!state.loud) note('console', stage.complaints);
  return found;
}
