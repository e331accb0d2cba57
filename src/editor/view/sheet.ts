// A canvas larger than the screen that is moved over it: while the view moves, only what comes into sight is painted.
import type { Bounds } from '../../model/shapes/geometry.ts'
import { type Size, type View, visibleBounds } from '../coordinates.ts'
import { sizeCanvas } from './cleared-canvas.ts'
import { around, common, grown, holds, isEmpty, moved, widened } from './regions.ts'
import { shiftCanvas } from './shift-canvas.ts'

/** Beyond the screen on each side, CSS pixels. */
const MARGIN = 256
/** Painted beyond what comes into sight, CSS pixels: the browser copies the whole of a canvas that was painted on. */
const AHEAD = 96

/** Paints a part of the screen, CSS pixels, of the view that it is given; the context is clipped to it. */
export type Paint = (context: CanvasRenderingContext2D, view: View, part: Bounds) => void

export type Sheet = {
  /** @param device the size of the screen, device pixels */
  resize(ratio: number, device: Size): void
  /** Paints the screen anew; without `paint` it is empty. `isWide`: and all around it. */
  draw(view: View, paint?: Paint, isWide?: boolean): void
  /** Shows it from another view of the same scale, at most half a device pixel beside it. False: of another scale. */
  pan(to: View, paint: Paint): boolean
  /** Shows it larger or smaller. @returns how much */
  stretch(to: View): number
  /** Whether all of this image that the view shows is painted. */
  covers(to: View, image: Size): boolean
}

export function createSheet(canvas: HTMLCanvasElement): Sheet {
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  let ratio = 1
  let margin = 0
  // Device pixels from the corner of the screen.
  let screen: Bounds = { x: 0, y: 0, width: 0, height: 0 }
  let whole = screen
  let painted = screen
  /** The view that was painted, pixel for pixel. */
  let shown: View = { scale: 1, x: 0, y: 0 }

  const css = ({ x, y, width, height }: Bounds): Bounds => ({
    x: x / ratio,
    y: y / ratio,
    width: width / ratio,
    height: height / ratio,
  })
  /** `x` and `y`: where the corner of the screen that was painted lies, CSS pixels. */
  const place = (x: number, y: number, by: number) => {
    const beyond = (margin / ratio) * by
    canvas.style.transform = `translate(${x - beyond}px, ${y - beyond}px) scale(${by})`
  }
  const paintPart = (part: Bounds, paint: Paint) => {
    const { x, y, width, height } = css(part)
    context.save()
    context.beginPath()
    context.rect(x, y, width, height)
    context.clip()
    paint(context, shown, { x, y, width, height })
    context.restore()
  }
  const toScreen = () => context.setTransform(ratio, 0, 0, ratio, margin, margin)
  const draw: Sheet['draw'] = (view, paint, isWide = false) => {
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, canvas.width, canvas.height)
    toScreen()
    shown = view
    painted = isWide ? whole : screen
    if (paint) paintPart(painted, paint)
    place(0, 0, 1)
  }

  return {
    draw,
    resize(nextRatio, device) {
      ratio = nextRatio
      margin = Math.round(MARGIN * ratio)
      screen = { x: 0, y: 0, ...device }
      whole = widened(screen, margin)
      sizeCanvas(canvas, whole, ratio)
    },
    pan(to, paint) {
      if (to.scale !== shown.scale) return false
      let [dx, dy] = [Math.round((to.x - shown.x) * ratio), Math.round((to.y - shown.y) * ratio)]
      if (!holds(whole, moved(screen, -dx, -dy))) {
        shown = { ...shown, x: shown.x + dx / ratio, y: shown.y + dy / ratio }
        painted = common(moved(painted, dx, dy), whole)
        shiftCanvas(context, dx, dy)
        toScreen()
        ;[dx, dy] = [0, 0]
      }
      const seen = moved(screen, -dx, -dy)
      if (!holds(painted, seen)) {
        const next = isEmpty(painted) ? seen : grown(painted, seen, AHEAD * ratio, whole)
        for (const strip of around(next, painted)) paintPart(strip, paint)
        painted = next
      }
      place(dx / ratio, dy / ratio, 1)
      return true
    },
    stretch(to) {
      const by = to.scale / shown.scale
      place(to.x - shown.x * by, to.y - shown.y * by, by)
      return by
    },
    covers(to, image) {
      const seen = common(visibleBounds(to, css(screen)), { x: 0, y: 0, ...image })
      return holds(visibleBounds(shown, css(painted)), seen)
    },
  }
}
