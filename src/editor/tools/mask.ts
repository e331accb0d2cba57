// Paints masks with a round brush: each press to release is one stroke. Strokes go to the mask that was painted last until
// Enter, another class or another tool; the first one makes a new object. Alt turns adding and erasing round.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { XY } from '../../model/shapes/geometry.ts'
import type { Mask } from '../../model/shapes/mask.ts'
import { toImage } from '../coordinates.ts'
import { changing, objectsById } from '../document.ts'
import { createMaskBitmap, type MaskBitmap } from '../mask-bitmap.ts'
import { changeable } from '../state.ts'
import { texts } from '../texts.ts'
import type { Desk, Draft, Tool, ToolEvent } from './tool.ts'

type MaskObject = AnnotationObject & { shape: Mask }
/** `last`: where the pointer was, on the screen: when the view changes under it, the image is not painted across. */
type Stroke = { bitmap: MaskBitmap; target: MaskObject | null; last: XY; value: 0 | 1 }

export function createMaskTool(desk: Desk): Tool {
  let stroke: Stroke | null = null
  let draft: (Draft & { kind: 'mask' }) | null = null

  const target = (): MaskObject | null => {
    const { lastAdded, document } = desk.state()
    const [id] = lastAdded === null ? [] : changeable(desk.state(), [lastAdded])
    const object = id === undefined ? undefined : objectsById(document).get(id)
    return object?.shape.type === 'mask' ? (object as MaskObject) : null
  }
  const show = ({ bitmap, target: painted }: Stroke) => {
    draft = { kind: 'mask', bitmap, target: painted?.id ?? null, version: bitmap.version }
  }
  const put = (object: MaskObject, bitmap: MaskBitmap) => {
    const shape = bitmap.toMask()
    if (!shape) desk.refuse(texts.notices.maskEmpty)
    else if (shape.counts !== object.shape.counts || shape.x !== object.shape.x || shape.y !== object.shape.y)
      desk.commit(changing(desk.state().document, [object.id], (o) => ({ ...o, shape })))
  }
  const end = () => {
    const wasBusy = stroke !== null
    stroke = draft = null
    return wasBusy
  }

  const fill = (at: XY) => {
    const object = target()
    const bitmap = object && createMaskBitmap(desk.state().image, object.shape)
    if (object && bitmap?.fillHole(at)) put(object, bitmap)
    else desk.refuse(texts.notices.noHole)
  }
  const start = (event: ToolEvent, value: 0 | 1) => {
    const object = target()
    if (!object && value === 0) return desk.refuse(texts.notices.nothingToErase)
    if (!object && !desk.mayDraw('mask')) return
    const bitmap = createMaskBitmap(desk.state().image, object?.shape ?? null)
    stroke = { bitmap, target: object, last: event.screen, value }
    paint(stroke, event)
  }
  const paint = (running: Stroke, event: ToolEvent) => {
    const before = running.bitmap.version
    const { view, brush } = desk.state()
    running.bitmap.stroke(toImage(view, running.last), event.image, brush.size, running.value)
    running.last = event.screen
    if (running.bitmap.version !== before || !draft) show(running)
  }
  const keep = () => {
    if (!stroke) return false
    const { bitmap, target: painted } = stroke
    end()
    const shape = painted ? null : bitmap.toMask()
    if (painted) put(painted, bitmap)
    else if (shape) desk.add(shape)
    return true
  }

  return {
    down(event) {
      const { mode } = desk.state().brush
      if (desk.state().isReadOnly) desk.refuse(texts.notices.readOnly)
      else if (mode === 'fill') fill(event.image)
      else start(event, (mode === 'add') === event.alt ? 0 : 1)
    },
    move(event) {
      if (stroke) paint(stroke, event)
    },
    up(event) {
      if (stroke && (event.screen[0] !== stroke.last[0] || event.screen[1] !== stroke.last[1])) paint(stroke, event)
      keep()
    },
    keep,
    cancel: end,
    stepBack: end,
    finish() {
      return target() !== null && desk.letGo()
    },
    draft: () => draft,
    cursor: () => (desk.state().brush.mode === 'fill' ? 'cell' : 'none'),
  }
}
