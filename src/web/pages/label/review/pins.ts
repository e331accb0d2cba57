// review/: comments, pins, comparing with a revision, and the strip of the next tasks, around the work screen.
// This file: where threads stand on the image, and what is under a point where one begins. Pure.
import { toImage, toScreen } from '../../../../editor/coordinates.ts'
import { objectsById } from '../../../../editor/document.ts'
import { objectsAt } from '../../../../editor/hit-test.ts'
import { createNearCells } from '../../../../editor/near-cells.ts'
import { type EditorState, visibleObjects } from '../../../../editor/state.ts'
import type { Place, Thread } from '../../../../model/comment.ts'
import { shapeBounds } from '../../../../model/shapes/index.ts'

/** What a comment is about; both null: the whole image. */
export type Pin = { readonly place: Place | null; readonly object_id: string | null }
export const NO_PIN: Pin = { place: null, object_id: null }

/** How far beside an edge a click still means the object, CSS pixels. */
const REACH = 6

/** On the corner of its object, as long as that exists; else where it was put. Image pixels. */
export function placeOf({ place, object_id }: Pin, state: Pick<EditorState, 'document'>): Place | null {
  const object = object_id === null ? undefined : objectsById(state.document).get(object_id)
  if (!object) return place
  const { x, y, width } = shapeBounds(object.shape)
  return { x: x + width, y }
}

/** @param at CSS pixels of the canvas; null outside the image */
export function pinAt(state: EditorState, at: readonly [number, number]): Pin | null {
  const [x, y] = toImage(state.view, [at[0], at[1]])
  const { width, height } = state.image
  if (x < 0 || y < 0 || x > width || y > height) return null
  const [object] = objectsAt(visibleObjects(state), [x, y], REACH / state.view.scale)
  const tenth = (n: number) => Math.round(n * 10) / 10
  return { place: { x: Math.min(tenth(x), width), y: Math.min(tenth(y), height) }, object_id: object?.id ?? null }
}

/** The pin of a comment begun by key: the one selected object, else where the pointer is, else none. */
export function pinHere(state: EditorState): Pin {
  const [only] = state.selection
  if (only !== undefined && state.selection.length === 1) {
    const place = placeOf({ place: null, object_id: only }, state)
    const inside = place && {
      x: Math.min(Math.max(place.x, 0), state.image.width),
      y: Math.min(Math.max(place.y, 0), state.image.height),
    }
    return { place: inside, object_id: only }
  }
  return (state.pointer && pinAt(state, state.pointer)) ?? NO_PIN
}

/** CSS pixels; null where there is nothing to stand on, or it is out of sight. */
export function pinOnScreen(pin: Pin, state: EditorState): [number, number] | null {
  const place = placeOf(pin, state)
  if (!place) return null
  const [x, y] = toScreen(state.view, [place.x, place.y])
  const isSeen = x >= 0 && y >= 0 && x <= state.screen.width && y <= state.screen.height
  return isSeen ? [x, y] : null
}

/** A pin on the screen: CSS pixels. */
export type PlacedPin = { readonly id: number; readonly at: readonly [number, number] }

/** How near pins lie upon each other, CSS pixels. */
const [ACROSS, DOWN] = [44, 24]

/** Pins that would lie upon each other, together. The first of a group stands for it. */
export function pinGroups(pins: readonly PlacedPin[]): PlacedPin[][] {
  const groups: PlacedPin[][] = []
  const placed = createNearCells<PlacedPin[]>(ACROSS, DOWN)
  for (const pin of pins) {
    const group = placed.near(...pin.at).find(([lead]) => lead && isUpon(lead, pin))
    if (group) group.push(pin)
    else {
      const own = [pin]
      groups.push(own)
      placed.put(...pin.at, own)
    }
  }
  return groups
}

const isUpon = ({ at: [ax, ay] }: PlacedPin, { at: [bx, by] }: PlacedPin): boolean =>
  Math.abs(ax - bx) < ACROSS && Math.abs(ay - by) < DOWN

export const isOpen = (thread: Thread): boolean => thread.resolved_at === null

/** The thread before or after the chosen one; from the end it goes on at the beginning. */
export function nextOf<T>(list: readonly T[], chosen: T | null, step: 1 | -1): T | null {
  if (list.length === 0) return null
  const at = chosen === null ? -1 : list.indexOf(chosen)
  if (at < 0) return list[step === 1 ? 0 : list.length - 1] as T
  return list[(at + step + list.length) % list.length] as T
}

const LINE_MAX = 200
/** A rejection's comment holds this much. */
const TEXT_MAX = 5000

/** The open threads as the text of a rejection, a line each, with their numbers on the image. */
export function openCommentsText(threads: readonly Thread[]): string {
  const lines = threads.flatMap((thread, i) => {
    const text = thread.comments[0]?.text?.replace(/\s+/g, ' ').trim()
    if (!isOpen(thread) || !text) return []
    return [`${i + 1}. ${text.length > LINE_MAX ? `${text.slice(0, LINE_MAX - 1)}…` : text}`]
  })
  let all = ''
  for (const [i, line] of lines.entries()) {
    const next = all === '' ? line : `${all}\n${line}`
    const rest = `\n… +${lines.length - i}`
    if (next.length + rest.length > TEXT_MAX) return `${all}${rest}`
    all = next
  }
  return all
}
