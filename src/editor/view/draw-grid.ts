// Draws the grid: lines at round numbers of image pixels, as far as the image reaches.
import { clamp, snapped, toScreen, visibleBounds } from '../coordinates.ts'
import { gridStep } from '../display.ts'
import type { EditorState } from '../state.ts'
import type { Brush } from './draw-shape.ts'

const COLORS = ['rgba(0, 0, 0, 0.35)', 'rgba(255, 255, 255, 0.35)'] as const

/** Each line is a light and a dark one side by side: seen on any image. */
export function drawGrid({ context, view, ratio }: Brush, { image, screen }: EditorState): void {
  const seen = visibleBounds(view, screen)
  const [x0, x1] = [clamp(seen.x, 0, image.width), clamp(seen.x + seen.width, 0, image.width)]
  const [y0, y1] = [clamp(seen.y, 0, image.height), clamp(seen.y + seen.height, 0, image.height)]
  const [left, top] = toScreen(view, [x0, y0])
  const [right, bottom] = toScreen(view, [x1, y1])
  const step = gridStep(view.scale)
  const pixel = 1 / ratio
  for (const [i, color] of COLORS.entries()) {
    context.fillStyle = color
    for (let x = Math.ceil(x0 / step) * step; x <= x1; x += step)
      context.fillRect(snapped(x * view.scale + view.x, ratio) + i * pixel, top, pixel, bottom - top)
    for (let y = Math.ceil(y0 / step) * step; y <= y1; y += step)
      context.fillRect(left, snapped(y * view.scale + view.y, ratio) + i * pixel, right - left, pixel)
  }
}
