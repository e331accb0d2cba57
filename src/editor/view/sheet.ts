// What is painted once and then moved over the screen: while the view moves, only what comes into sight is painted.
// It lies in pieces beside each other, each a bitmap that nothing is painted on any more. (A canvas with a 2d context, even
// one that does not change, is copied for every frame where the browser has no graphics card.)
import type { Bounds } from '../../model/shapes/geometry.ts'
import { type Size, type View, visibleBounds } from '../coordinates.ts'
import { sizeCanvas } from './cleared-canvas.ts'
import { around, common, grown, holds, isEmpty, isSame, moved, widened } from './regions.ts'

/** Painted beyond what comes into sight, CSS pixels. */
const AHEAD = 256
/** What lies further out of sight is forgotten, CSS pixels. */
const KEPT = 512

/** Paints a part of the screen, CSS pixels, of the view that it is given. What it paints beyond is not seen. */
export type Paint = (context: CanvasRenderingContext2D, view: View, part: Bounds) => void

export type Sheet = {
  /** Empties it. @param device the size of the screen, device pixels */
  resize(ratio: number, device: Size): void
  clear(): void
  /** Paints the screen anew. `isWide`: and some way around it. */
  draw(view: View, paint: Paint, isWide?: boolean): void
  /** Shows it from another view of the same scale, at most half a device pixel beside it. False: of another scale. */
  pan(to: View, paint: Paint): boolean
  /** Shows it larger or smaller. @returns how much */
  stretch(to: View): number
  /** Whether all of this image that the view shows is painted. */
  covers(to: View, image: Size): boolean
}

type Piece = { readonly canvas: HTMLCanvasElement; readonly bounds: Bounds; readonly isOpaque: boolean }

/** @param ground colour of what nothing is painted on; without it one sees through, which costs a little for every frame */
export function createSheet(host: HTMLElement, ground?: () => string | null): Sheet {
  let ratio = 1
  let pieces: Piece[] = []
  /** The view that was painted, pixel for pixel. */
  let shown: View = { scale: 1, x: 0, y: 0 }
  // Device pixels from the corner of the screen, in that view.
  let screen: Bounds = { x: 0, y: 0, width: 0, height: 0 }
  let painted = screen

  const css = ({ x, y, width, height }: Bounds): Bounds => ({
    x: x / ratio,
    y: y / ratio,
    width: width / ratio,
    height: height / ratio,
  })
  const place = (x: number, y: number, by: number) => {
    host.style.transform = `translate(${x}px, ${y}px) scale(${by})`
  }
  const addPiece = (bounds: Bounds, color: string | null): Piece => {
    const canvas = document.createElement('canvas')
    sizeCanvas(canvas, bounds, ratio)
    canvas.style.transform = `translate(${bounds.x / ratio}px, ${bounds.y / ratio}px)`
    canvas.getContext('bitmaprenderer', { alpha: !color })
    host.append(canvas)
    const piece = { canvas, bounds, isOpaque: color !== null }
    pieces.push(piece)
    return piece
  }
  const paintPiece = (bounds: Bounds, paint: Paint) => {
    const color = ground?.() ?? null
    const context = emptyBoard(bounds, color)
    context.setTransform(ratio, 0, 0, ratio, -bounds.x, -bounds.y)
    paint(context, shown, css(bounds))
    keepPieces((p) => !isSame(p.bounds, bounds) || p.isOpaque === (color !== null))
    show(pieces.find((p) => isSame(p.bounds, bounds)) ?? addPiece(bounds, color), board.transferToImageBitmap())
  }
  const keepPieces = (isKept: (piece: Piece) => boolean) => {
    for (const piece of pieces)
      if (!isKept(piece)) {
        show(piece, null)
        piece.canvas.remove()
      }
    pieces = pieces.filter(isKept)
  }

  return {
    resize(nextRatio, device) {
      ratio = nextRatio
      screen = { x: 0, y: 0, ...device }
      keepPieces(() => false)
    },
    clear: () => keepPieces(() => false),
    draw(view, paint, isWide = false) {
      shown = view
      painted = isWide ? widened(screen, Math.round(AHEAD * ratio)) : screen
      keepPieces(({ bounds }) => isSame(bounds, painted))
      if (!isEmpty(painted)) paintPiece(painted, paint)
      place(0, 0, 1)
    },
    pan(to, paint) {
      if (to.scale !== shown.scale) return false
      const [dx, dy] = [Math.round((to.x - shown.x) * ratio), Math.round((to.y - shown.y) * ratio)]
      const seen = moved(screen, -dx, -dy)
      if (!holds(painted, seen)) {
        const near = common(painted, widened(seen, Math.round(KEPT * ratio)))
        keepPieces(({ bounds }) => !isEmpty(common(bounds, near)))
        painted = isEmpty(near) ? seen : grown(near, seen, Math.round(AHEAD * ratio))
        for (const strip of around(painted, near)) paintPiece(strip, paint)
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

const show = ({ canvas }: Piece, bitmap: ImageBitmap | null) =>
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap)

let board: OffscreenCanvas

/** All pieces are painted on one canvas, one after the other. */
function emptyBoard({ width, height }: Size, color: string | null): CanvasRenderingContext2D {
  board ??= new OffscreenCanvas(width, height)
  board.width = width
  board.height = height
  const context = board.getContext('2d') as unknown as CanvasRenderingContext2D
  if (color) {
    context.fillStyle = color
    context.fillRect(0, 0, width, height)
  }
  return context
}
