// The layer of the image. While the view moves it is drawn quickly, and a pan draws only what comes into sight.
import type { View } from '../coordinates.ts'
import type { EditorState } from '../state.ts'
import { cleared } from './cleared-canvas.ts'
import { drawImage } from './draw-image.ts'
import type { Picture } from './picture.ts'
import { shiftCanvas } from './shift-canvas.ts'

export function createImageLayer(context: CanvasRenderingContext2D) {
  let shown: View | null = null

  const drawWhole = (
    { view, image, screen }: EditorState,
    picture: Picture,
    ratio: number,
    quality: ImageSmoothingQuality,
  ) => {
    drawImage(cleared(context, ratio), picture, { view, image, part: { x: 0, y: 0, ...screen }, ratio, quality })
    shown = view
  }
  return {
    draw: drawWhole,
    /** From another view, for now: it has to be drawn once the view rests. */
    move(state: EditorState, picture: Picture, ratio: number) {
      const { view, image } = state
      if (shown?.scale !== view.scale) drawWhole(state, picture, ratio, 'low')
      else
        shown = shiftCanvas(context, ratio, shown, view, (view, part) =>
          drawImage(context, picture, { view, image, part, ratio, quality: 'low' }),
        )
    },
  }
}
