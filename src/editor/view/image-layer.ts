// The layer of the image. While the view moves it is moved along; what comes into sight is drawn quickly.
import type { EditorState } from '../state.ts'
import { drawImage } from './draw-image.ts'
import type { Picture } from './picture.ts'
import type { Paint, Sheet } from './sheet.ts'

/** It is shown at most so much larger or smaller than it was drawn. */
const MOST_ZOOM = 2

export function createImageLayer(sheet: Sheet) {
  const painting =
    ({ image }: EditorState, picture: Picture, ratio: number, quality: ImageSmoothingQuality): Paint =>
    (context, view, part) =>
      drawImage(context, picture, { view, image, part, ratio, quality })

  return {
    clear: sheet.clear,
    draw(state: EditorState, picture: Picture, ratio: number, quality: ImageSmoothingQuality) {
      sheet.draw(state.view, painting(state, picture, ratio, quality))
    },
    /** Shows it from another view, for now: it has to be drawn once the view rests. */
    move(state: EditorState, picture: Picture, ratio: number) {
      const { view, image } = state
      const paint = painting(state, picture, ratio, 'low')
      if (sheet.pan(view, paint)) return
      const by = sheet.stretch(view)
      const isMissing = !sheet.covers(view, image)
      // Who zooms out sees more at the next step.
      if (isMissing || by > MOST_ZOOM || by < 1 / MOST_ZOOM) sheet.draw(view, paint, isMissing)
    },
  }
}
