// Draws the three layers, each only when something it shows has changed, at most once per frame.
import { isToned } from '../display.ts'
import type { Editor } from '../editor.ts'
import { type EditorState, paintedId } from '../state.ts'
import { forgetTags } from './class-tags.ts'
import { cleared, sizeCanvas } from './cleared-canvas.ts'
import { drawOverlay, isOverlayEmpty } from './draw-overlay.ts'
import { createImageLayer } from './image-layer.ts'
import { createObjectLayer } from './object-layer.ts'
import type { Picture } from './picture.ts'
import { createSheet } from './sheet.ts'

/** Around the image; as in annotation-canvas.module.css. Under a filter it would change with the image. */
const GROUND = '#1e1f22'
/** The view rests when it stood still for so long. */
const REST_MS = 150

export type Painter = {
  show(picture: Picture | null): void
  /** `ratio`: device pixels per CSS pixel; `device`: size of the canvases in device pixels. */
  resize(ratio: number, device: { width: number; height: number }): void
  stop(): void
}

/** From back to front. */
export type Layers = { image: HTMLElement; objects: HTMLElement; overlay: HTMLCanvasElement }

export function createPainter(editor: Editor, layers: Layers): Painter {
  const sheets = [
    createSheet(layers.image, () => (isToned(editor.state().display) ? null : GROUND)),
    createSheet(layers.objects),
  ] as const
  const overlay = layers.overlay.getContext('2d') as CanvasRenderingContext2D
  let ratio = 1
  let picture: Picture | null = null
  /** What the layers show now; null: nothing valid. */
  let shown: EditorState | null = null
  let isImageStale = true
  let areObjectsStale = true
  /** They are shown larger or smaller than they were drawn. */
  let haveObjectsMoved = false
  /** Shown for the first time: quickly, and sharp once the page has come to rest. */
  let isNew = false
  let hasNewTiles = false
  let tilesAt = 0
  let frame = 0
  /** Set while something is shown that is not sharp yet. */
  let rest: ReturnType<typeof setTimeout> | undefined
  const imageLayer = createImageLayer(sheets[0])
  const objectLayer = createObjectLayer(sheets[1])

  const draw = () => {
    frame = 0
    const state = editor.state()
    const differs = (...names: (keyof EditorState)[]) => !shown || names.some((n) => shown?.[n] !== state[n])
    const isMoving = shown !== null && shown.view !== state.view
    // What is under the pointer is not made to stand out while the view moves.
    const over = isMoving || rest !== undefined ? { ...state, hovered: null } : state
    const isToneOther = shown !== null && isToned(shown.display) !== isToned(state.display)
    // Tiles come by the dozen while the view moves.
    const isTilesTurn = hasNewTiles && (rest === undefined || performance.now() - tilesAt > REST_MS)
    if (!picture) {
      if (isImageStale) imageLayer.clear()
    } else if (isImageStale || isTilesTurn || isToneOther || differs('screen', 'image')) {
      imageLayer.draw(state, picture, ratio, isNew || rest !== undefined ? 'low' : 'medium')
      hasNewTiles = false
      tilesAt = performance.now()
    } else if (differs('view')) imageLayer.move(state, picture, ratio)
    // Without its image nobody can judge an annotation; frames over nothing only look like work that can be done.
    const hasOtherTags = shown?.display.hasLabels !== state.display.hasLabels
    const isPaintedOther = shown === null || paintedId(shown) !== paintedId(state)
    const isOther =
      areObjectsStale ||
      isPaintedOther ||
      differs('screen', 'document', 'hidden', 'selection', 'schema') ||
      hasOtherTags
    if (isOther && !picture) objectLayer.clear()
    else if (isOther) objectLayer.draw(state, ratio)
    else if (picture && differs('view')) objectLayer.move(state, ratio)
    haveObjectsMoved ||= isMoving
    if (isMoving || isNew) whenAtRest()
    const isEmpty = isOverlayEmpty(over)
    if (isImageStale || areObjectsStale || (shown !== state && !(isEmpty && overlay.canvas.hidden))) {
      cleared(overlay, ratio)
      // Empty, it would still be composed.
      overlay.canvas.hidden = isEmpty
      if (picture) drawOverlay({ context: overlay, view: state.view, ratio }, over)
    }
    shown = state
    isImageStale = false
    areObjectsStale = false
    isNew = false
  }
  const whenAtRest = () => {
    clearTimeout(rest)
    rest = setTimeout(() => {
      rest = undefined
      isImageStale = true
      areObjectsStale = haveObjectsMoved
      haveObjectsMoved = false
      ask()
    }, REST_MS)
  }
  const ask = () => {
    if (frame === 0) frame = requestAnimationFrame(draw)
  }
  const onFonts = () => {
    forgetTags()
    areObjectsStale = true
    ask()
  }
  const unsubscribe = editor.subscribe(ask)
  document.fonts.addEventListener('loadingdone', onFonts)
  ask()

  return {
    show(next) {
      areObjectsStale ||= (next === null) !== (picture === null)
      picture = next
      if (next?.tiles)
        next.tiles.onCome = () => {
          hasNewTiles = true
          ask()
        }
      isImageStale = true
      isNew = next !== null
      ask()
    },
    resize(nextRatio, device) {
      ratio = nextRatio
      for (const sheet of sheets) sheet.resize(ratio, device)
      sizeCanvas(overlay.canvas, device, ratio)
      shown = null
      // A canvas is empty after a change of size; drawing now instead of in the next frame spares a flash.
      cancelAnimationFrame(frame)
      draw()
    },
    stop() {
      unsubscribe()
      document.fonts.removeEventListener('loadingdone', onFonts)
      cancelAnimationFrame(frame)
      clearTimeout(rest)
      for (const sheet of sheets) sheet.clear()
    },
  }
}
