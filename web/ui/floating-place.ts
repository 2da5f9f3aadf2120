/** Where a floating box goes beside what it belongs to. Pure, so that it can be tested without a page; all in px of the window. */

export type Side = 'top' | 'right' | 'bottom' | 'left';

export interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Placing {
  side: Side;
  /** where along the side: at its beginning or its middle */
  align: 'start' | 'center';
  /** between the box and its anchor */
  gap: number;
  /** that stays free to the edges of the window */
  margin: number;
}

type Size = Pick<Rect, 'width' | 'height'>;
const opposite: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };

/** The left top corner of the box: on its side, or on the opposite one when only there is room; moved along it into the window. */
export function placeBeside(anchor: Rect, box: Size, view: Size, placing: Placing): { left: number; top: number } {
  const { side, align, gap, margin } = placing;
  const fits = (one: Side) => room(one, anchor, view) >= across(one, box) + gap + margin;
  const chosen = fits(side) || !fits(opposite[side]) ? side : opposite[side];
  const along = (from: number, length: number, own: number) => (align === 'start' ? from : from + (length - own) / 2);
  const { left, top, width, height } = anchor;
  const at = {
    top: { left: along(left, width, box.width), top: top - gap - box.height },
    bottom: { left: along(left, width, box.width), top: top + height + gap },
    left: { left: left - gap - box.width, top: along(top, height, box.height) },
    right: { left: left + width + gap, top: along(top, height, box.height) },
  }[chosen];
  const inside = (value: number, length: number, whole: number) =>
    Math.max(margin, Math.min(value, whole - length - margin));
  return { left: inside(at.left, box.width, view.width), top: inside(at.top, box.height, view.height) };
}

function room(side: Side, anchor: Rect, view: Size): number {
  if (side === 'top') return anchor.top;
  if (side === 'left') return anchor.left;
  return side === 'bottom' ? view.height - anchor.top - anchor.height : view.width - anchor.left - anchor.width;
}

function across(side: Side, box: Size): number {
  return side === 'top' || side === 'bottom' ? box.height : box.width;
}
