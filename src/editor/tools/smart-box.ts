// Cuts out what is in a box: draw the box, and the pixels of the object are found. Painting inside says what belongs to it, with
// Alt what does not. Enter, or a press outside, takes it; Esc drops it.

import type { Bounds } from '../../model/shapes/geometry.ts'
import type { CutResult, Hint } from '../assist/assist.ts'
import { boxBetween } from '../shape-edit.ts'
import { texts } from '../texts.ts'
import { CLICK_SLOP, type Desk, screenDistance, type Tool, type ToolEvent } from './tool.ts'

/** Diameter of what is painted, CSS pixels. */
const HINT_SIZE = 10

type Found = { box: Bounds; hints: readonly Hint[]; shape: CutResult; isWaiting: boolean }

export function createSmartBoxTool(desk: Desk): Tool {
  let corner: { from: ToolEvent; to: ToolEvent } | null = null
  let found: Found | null = null
  let painting: Hint | null = null
  /** Answers to an older question are not heard. */
  let turn = 0

  /** As what the active class may be: a mask, which loses nothing, or else a polygon. */
  const wanted = () => (desk.allows('mask') ? 'mask' : 'polygon')
  const box = () => corner && boxBetween(corner.from.image, corner.to.image, desk.state().image)
  const ask = (next: Found) => {
    const mine = ++turn
    found = { ...next, isWaiting: true }
    desk.ask(
      (assist) => assist.cut({ box: next.box, hints: next.hints, as: wanted() }),
      (shape) => {
        if (turn !== mine || !found) return
        found = { ...found, shape, isWaiting: false }
        if (!shape) desk.refuse(texts.notices.nothingFound)
      },
      () => {
        if (turn !== mine) return
        // What stood before stays.
        if (found?.shape) found = { ...found, isWaiting: false }
        else end()
      },
    )
  }
  const end = () => {
    const wasBusy = corner !== null || found !== null
    turn++
    corner = found = painting = null
    return wasBusy
  }
  const accept = () => {
    if (!found) return false
    if (found.isWaiting) desk.refuse(texts.notices.stillLooking)
    else if (!found.shape) desk.refuse(texts.notices.nothingFound)
    // The class is another one by now, which takes no masks.
    else if (!desk.allows(found.shape.type) && desk.allows(wanted())) ask(found)
    else if (desk.add(found.shape)) end()
    return true
  }
  const isOutside = ({ image: [x, y] }: ToolEvent, b: Bounds) =>
    x < b.x || y < b.y || x > b.x + b.width || y > b.y + b.height

  const start = (event: ToolEvent) => {
    if (desk.mayDraw(wanted())) corner = { from: event, to: event }
  }
  const keep = () => {
    const wasPainting = painting !== null
    if (painting && found) ask({ ...found, hints: [...found.hints, painting] })
    painting = null
    return wasPainting
  }

  return {
    down(event) {
      if (!found) return start(event)
      if (!isOutside(event, found.box)) {
        painting = { isObject: !event.alt, points: [event.image], size: desk.reach(HINT_SIZE) }
      } else if (!found.isWaiting) {
        if (found.shape) accept()
        else end()
        if (!found) start(event)
      }
    },
    move(event) {
      if (corner) corner.to = event
      if (painting) painting = { ...painting, points: [...painting.points, event.image] }
    },
    up(event) {
      keep()
      if (!corner) return
      corner.to = event
      const drawn = box()
      const isDrag = screenDistance(corner.from, event) >= CLICK_SLOP
      corner = null
      if (drawn && isDrag) ask({ box: drawn, hints: [], shape: null, isWaiting: true })
      else desk.refuse(texts.notices.dragBox)
    },
    keep,
    cancel: end,
    stepBack() {
      if (!found || found.hints.length === 0) return end()
      ask({ ...found, hints: found.hints.slice(0, -1) })
      return true
    },
    finish: accept,
    draft() {
      if (found) return { kind: 'cutout', ...found, hints: painting ? [...found.hints, painting] : found.hints }
      const shape = box()
      return shape && { kind: 'shape', shape }
    },
    cursor: () => 'crosshair',
  }
}
