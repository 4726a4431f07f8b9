/** How large to draw a QR so that its modules stay square and sharp. Sizes in CSS pixels. */

/** A drawn code: whole device pixels a module, as many as fit. */
export function drawnSizePx(boxPx: number, modulesWithMargin: number, pixelRatio: number): number {
  const perModule = Math.max(1, Math.floor((boxPx * pixelRatio) / modulesWithMargin));
  return (perModule * modulesWithMargin) / pixelRatio;
}

/**
 * A picture of `naturalPx` pixels: a whole multiple of it where there is room (its pixels stay sharp), else as large as fits,
 * smoothed, because dropping single rows would bend the modules.
 */
export function pictureSize(
  boxPx: number,
  naturalPx: number,
  pixelRatio: number,
): { readonly sizePx: number; readonly pixelated: boolean } {
  if (naturalPx <= 0) return { sizePx: boxPx, pixelated: false };
  const times = Math.floor((boxPx * pixelRatio) / naturalPx);
  if (times < 1) return { sizePx: boxPx, pixelated: false };
  const sizePx = (times * naturalPx) / pixelRatio;
  // A small picture of which one and a half would fit: reading distance matters more than sharp edges.
  if (sizePx < boxPx * 0.7) return { sizePx: boxPx, pixelated: false };
  return { sizePx, pixelated: true };
}
