import type { Page } from 'playwright-core';

/**
 * What does not fit into the window, one line each: text that is cut off without an ellipsis, parts that scroll sideways
 * though they are neither table nor code, and controls that lie on each other.
 */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    // A dialog covers all else; only what is in front is judged.
    const front = document.querySelector('dialog[open]') ?? document.body;
    const tiny = (part: Element) => part.clientWidth <= 1 && part.clientHeight <= 1;
    const unseen = (part: Element) => {
      if (!part.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return true;
      // What only a screen reader gets is drawn in one pixel.
      for (let each: Element | null = part; each; each = each.parentElement) {
        if (getComputedStyle(each).position === 'absolute' && tiny(each)) return true;
      }
      return false;
    };
    /** What can clip a part: what is fixed or modal stands in the window itself, wherever it is in the tree. */
    const above = (part: Element): Element | null =>
      part.matches('dialog') || getComputedStyle(part).position === 'fixed'
        ? document.documentElement
        : part.parentElement;
    const name = (part: Element) =>
      `<${part.tagName.toLowerCase()} class="${(part.getAttribute('class') ?? '').slice(0, 60)}"> ${(part.ariaLabel ?? part.textContent ?? '').trim().slice(0, 50)}`;
    const sideways = (part: Element) =>
      ['auto', 'scroll'].includes(getComputedStyle(part).overflowX) &&
      part.scrollWidth > part.clientWidth + 1;
    /** Tables, code and pictures may be wider than what shows them, where keys scroll it. */
    const mayScroll = (part: Element) =>
      part.matches('pre, textarea, input') ||
      (part.matches('[tabindex]') && part.querySelector('table, svg'));

    const words = document.createTreeWalker(front, NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node; node = words.nextNode()) {
      const owner = node.parentElement;
      if (!owner || node.textContent?.trim() === '' || unseen(owner)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width < 1) continue;
      for (let part: Element | null = owner; part; part = above(part)) {
        const { overflowX, textOverflow, webkitLineClamp } = getComputedStyle(part);
        const outer = part === document.documentElement;
        if (!outer && overflowX === 'visible') continue;
        const edge = outer ? { left: 0, right: innerWidth } : part.getBoundingClientRect();
        if (box.left >= edge.left - 1 && box.right <= edge.right + 1) continue;
        const folded = textOverflow === 'ellipsis' || webkitLineClamp !== 'none';
        if (!folded && !(sideways(part) && mayScroll(part))) found.add(`cut off: ${name(owner)}`);
        break;
      }
    }
    for (const part of front.querySelectorAll('*')) {
      if (!sideways(part) || part.clientWidth === 0 || mayScroll(part)) continue;
      const edge = part.getBoundingClientRect().right;
      const wide = [...part.querySelectorAll('*')].filter(
        (each) => each.getBoundingClientRect().right > edge,
      );
      found.add(`scrolls sideways: ${name(part)}, for ${name(wide.at(-1) ?? part)}`);
    }

    /** The part of a control that can be seen and pressed: what scrolled out of sight is not there. */
    const seen = (part: Element) => {
      const { left, top, right, bottom } = part.getBoundingClientRect();
      const box = { left, top, right, bottom };
      for (let each = above(part); each; each = above(each)) {
        if (getComputedStyle(each).overflowY === 'visible') continue;
        const edge = each.getBoundingClientRect();
        box.left = Math.max(box.left, edge.left);
        box.right = Math.min(box.right, edge.right);
        box.top = Math.max(box.top, edge.top);
        box.bottom = Math.min(box.bottom, edge.bottom);
      }
      return box;
    };
    /** Fixed and floating parts lie on others on purpose. */
    const layer = (part: Element) => {
      for (let each: Element | null = part; each; each = each.parentElement) {
        if (each.matches('dialog, [data-radix-popper-content-wrapper]')) return each;
        if (getComputedStyle(each).position === 'fixed') return each;
      }
      return null;
    };
    const press =
      'button, a[href], input, select, textarea, summary, [role=slider], [role=option], [role=menuitem]';
    const boxes = [...front.querySelectorAll(press)]
      .filter((part) => !unseen(part))
      .map((part) => ({ part, box: seen(part), layer: layer(part) }));
    for (const [at, one] of boxes.entries()) {
      for (const other of boxes.slice(at + 1)) {
        if (one.layer !== other.layer || one.part.contains(other.part)) continue;
        // The button that empties a field stands in it.
        if (one.part.matches('input') && one.part.parentElement?.contains(other.part)) continue;
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (wide > 1 && high > 1) found.add(`lie on each other: ${name(one.part)} and ${name(other.part)}`);
      }
    }
    return [...found];
  });
}
