// Selects, moves and reshapes. This file decides what a press means; the gestures are in files of their own.
//   on a handle of the one selected object → resize, turn, or move a vertex (Alt or a double click removes it;
//     of a skeleton, changes its visibility)
//   on a prediction that lies under no object → look at it
//   on an object → select it and be ready to drag; Shift or Ctrl adds or removes it; Alt takes the next one underneath
//   on empty ground, or with Shift or Ctrl and a drag → marquee
import type { AnnotationObject } from '../../model/annotation.ts'
import { isSameValue } from '../../model/same-value.ts'
import type { Shape } from '../../model/shapes/index.ts'
import { changing, objectsOf } from '../document.ts'
import { handleAt, handleCursor, type PlacedHandle } from '../handles.ts'
import { objectsAt } from '../hit-test.ts'
import { type VertexPlace, withNextVisibility, withoutVertex } from '../shape-edit.ts'
import { changeable, reachableObjects, seenSelected } from '../state.ts'
import { visibleSuggestions } from '../suggestions.ts'
import { startMarquee } from './marquee.ts'
import { startMove } from './move-objects.ts'
import { startVertexMove } from './move-vertex.ts'
import { startResize } from './resize-frame.ts'
import { startRotate } from './rotate.ts'
import { type Desk, EDGE_REACH, type Gesture, isToggling, type Tool, type ToolEvent } from './tool.ts'

/** Nothing moves, but the press is taken until its release. */
const INERT: Gesture = { move() {}, release() {}, cancel() {}, cursor: 'default' }

/** A vertex goes; a point of a skeleton stays and is seen less. */
const withLessOf = (shape: Shape, place: VertexPlace): Shape =>
  shape.type === 'skeleton' ? withNextVisibility(shape, place.index) : withoutVertex(shape, place)

/** The handle of the last press, and its object as it was then. */
type Pressed = PlacedHandle & { readonly object: AnnotationObject }

export function createSelectTool(desk: Desk): Tool {
  let gesture: Gesture | null = null
  let idleCursor = 'default'
  let pressed: Pressed | null = null

  /** The only selected object that is seen, if its handles can be used. */
  const handled = (): AnnotationObject | null => {
    const { isReadOnly, locked } = desk.state()
    const [object, ...others] = seenSelected(desk.state())
    return object && others.length === 0 && !isReadOnly && !locked.has(object.id) ? object : null
  }
  const held = (event: ToolEvent): PlacedHandle | null => {
    const object = handled()
    return object && handleAt(object.shape, event.image, desk.state().view.scale)
  }
  const suggested = (event: ToolEvent) =>
    objectsAt(visibleSuggestions(desk.state()), event.image, desk.reach(EDGE_REACH))[0]
  const under = (event: ToolEvent) => objectsAt(reachableObjects(desk.state()), event.image, desk.reach(EDGE_REACH))

  const startOnHandle = ({ object, handle, at }: Pressed, before: Pressed | null, event: ToolEvent): Gesture => {
    if (handle.kind === 'rotate') return startRotate(desk, object, event)
    if (handle.kind === 'frame') return startResize(desk, object, { handle, at }, event)
    const lessen = () => {
      const shape = withLessOf(object.shape, handle)
      if (shape !== object.shape) desk.commit(changing(desk.state().document, [object.id], (o) => ({ ...o, shape })))
    }
    // A first press that only selected the object did not mean its vertex.
    const isDouble = event.clicks === 2 && before?.object === object && isSameValue(before.handle, handle)
    const isMeant = handle.kind === 'vertex' && (event.alt || isDouble)
    return startVertexMove(desk, object, { handle, at }, event, isMeant ? lessen : undefined)
  }

  const startOnObject = (hits: readonly AnnotationObject[], event: ToolEvent): Gesture => {
    const { selection, isReadOnly, document } = desk.state()
    const first = hits[0] as AnnotationObject
    if (isToggling(event)) {
      const others = selection.filter((id) => id !== first.id)
      const toggled = others.length < selection.length ? others : [...selection, first.id]
      return startMarquee(desk, event, () => desk.select(toggled))
    }
    const current = hits.findIndex((o) => selection.includes(o.id))
    const chosen = event.alt ? (hits[(current + 1) % hits.length] as AnnotationObject) : first
    const isPart = selection.includes(chosen.id)
    if (!isPart) desk.select([chosen.id])
    if (isReadOnly) return INERT
    const dragged = isPart ? objectsOf(document, changeable(desk.state(), selection)) : [chosen]
    return startMove(desk, dragged, event, () => desk.select([chosen.id]))
  }

  const start = (event: ToolEvent): Gesture => {
    const object = handled()
    const placed = isToggling(event) ? null : held(event)
    const before = pressed
    pressed = object && placed && { object, ...placed }
    if (pressed) return startOnHandle(pressed, before, event)
    const hits = under(event)
    const suggestion = hits.length === 0 && !isToggling(event) ? suggested(event) : undefined
    desk.suggest(suggestion?.id ?? null)
    if (suggestion) {
      desk.select([])
      return INERT
    }
    if (hits.length > 0) return startOnObject(hits, event)
    return startMarquee(desk, event, () => {
      if (!isToggling(event)) desk.select([])
    })
  }

  const look = (event: ToolEvent) => {
    const placed = held(event)
    const [first] = under(event)
    const object = handled()
    desk.hover((placed ? object : first)?.id ?? null)
    if (placed && object) idleCursor = handleCursor(placed.handle, object.shape)
    else if (!first) idleCursor = suggested(event) ? 'pointer' : 'default'
    else idleCursor = desk.state().selection.includes(first.id) && !desk.state().isReadOnly ? 'move' : 'pointer'
  }

  return {
    down(event) {
      gesture = start(event)
    },
    move(event) {
      if (gesture) gesture.move(event)
      else look(event)
    },
    up(event) {
      const ending = gesture
      gesture = null
      ending?.move(event)
      ending?.release(event)
      look(event)
    },
    cancel() {
      gesture?.cancel()
      const wasBusy = gesture !== null
      gesture = null
      return wasBusy
    },
    draft: () => gesture?.draft?.() ?? null,
    cursor: () => gesture?.cursor ?? idleCursor,
  }
}
