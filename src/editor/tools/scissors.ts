// Outlines along edges: between clicks the line follows what it sees in the image. The first point, Enter or a double click
// closes it; Backspace takes the last click back. Where nothing can be looked at, the line is straight.
import { MAX_POINTS, type XY } from '../../model/shapes/geometry.ts'
import { visibleBounds } from '../coordinates.ts'
import { insideImage, sound } from '../shape-edit.ts'
import { texts } from '../texts.ts'
import { type Desk, EDGE_REACH, type Tool, type ToolEvent } from './tool.ts'

/** How near to the first click another one closes the ring, CSS pixels. */
const CLOSE_REACH = 10

/** From one click to the next. */
type Segment = { readonly to: XY; path: readonly XY[] }

export function createScissorsTool(desk: Desk): Tool {
  let start: XY | null = null
  let segments: Segment[] = []
  /** Taken back, the last one last; that of the first click has no path. */
  let undone: Segment[] = []
  /** Where the pointer is, and where that snaps to. */
  let pointer: XY | null = null
  let cursor: XY | null = null
  let live: readonly XY[] = []
  let isAsking = false
  /** Paths of clicks that are not found yet. */
  let missing = 0
  let isClosing = false
  /** Answers to questions of an older outline are not heard. */
  let turn = 0

  const anchor = (): XY | null => segments.at(-1)?.to ?? start
  const ask = (from: XY, to: XY, then: (path: readonly XY[]) => void) => {
    const mine = turn
    const { view, screen } = desk.state()
    const area = visibleBounds(view, screen)
    const heard = (path: readonly XY[]) => {
      if (turn === mine) then(path)
    }
    desk.ask(
      (assist) => assist.wire({ from, to, area }),
      heard,
      () => heard([from, to]),
    )
  }
  /** One question at a time; the newest place of the pointer is asked next. */
  const follow = () => {
    const from = anchor()
    const to = cursor
    if (!from || !to || isAsking || isClosing) return
    isAsking = true
    ask(from, to, (path) => {
      isAsking = false
      if (anchor() === from) live = path
      if (cursor !== to) follow()
    })
  }
  const put = (to: XY) => {
    const from = anchor() as XY
    const isFound = isSame(live[0], from) && isSame(live.at(-1), to)
    const segment: Segment = { to, path: isFound ? live : [from, to] }
    segments = [...segments, segment]
    undone = []
    live = []
    if (isFound) return
    missing++
    ask(from, to, (path) => {
      missing--
      segment.path = path
      complete()
    })
  }
  const end = () => {
    const wasBusy = start !== null
    turn++
    start = pointer = cursor = null
    segments = []
    undone = []
    live = []
    isAsking = isClosing = false
    missing = 0
    return wasBusy
  }
  const points = (): XY[] => [...(start ? [start] : []), ...segments.flatMap((s) => s.path.slice(1))]
  /** Adds the outline once all its paths are there. */
  const complete = () => {
    if (!isClosing || missing > 0) return
    const { image } = desk.state()
    const ring = points()
      .slice(0, -1)
      .map((p) => insideImage(p, image))
    const isFull = ring.length > MAX_POINTS
    const shape = isFull ? null : sound({ type: 'polygon', points: ring })
    isClosing = false
    if (!shape) desk.refuse(isFull ? texts.notices.tooManyPoints : texts.notices.noArea)
    if (shape && desk.add(shape)) end()
    else segments = segments.slice(0, -1)
  }
  const close = () => {
    if (!start) return false
    if (isClosing) return true
    if (segments.length < 2) desk.refuse(texts.notices.tooFewPoints(3))
    else {
      isClosing = true
      put(start)
      complete()
    }
    return true
  }
  const placeOf = (event: ToolEvent) => insideImage(desk.snap(event.image), desk.state().image)
  const closes = (at: XY) =>
    start !== null && segments.length >= 2 && Math.hypot(at[0] - start[0], at[1] - start[1]) <= desk.reach(CLOSE_REACH)

  return {
    down(event: ToolEvent) {
      const at = placeOf(event)
      if (isClosing) return
      pointer = event.image
      if (!start) {
        // The first press of a double click has closed the last one.
        if (event.clicks === 2 || !desk.mayDraw('polygon')) return
        end()
        start = at
        cursor = at
      } else if (event.clicks === 2 || closes(event.image)) close()
      else if (distance(at, anchor() as XY) > desk.reach(EDGE_REACH) / 2) put(at)
      follow()
    },
    move(event) {
      if (!start) return
      pointer = event.image
      cursor = placeOf(event)
      follow()
    },
    up() {},
    cancel: end,
    stepBack() {
      if (!start) return false
      const last = segments.at(-1)
      // The way home was no click.
      if (!isClosing) undone = [...undone, last ?? { to: start, path: [] }]
      isClosing = false
      segments = segments.slice(0, -1)
      if (!last) start = null
      live = []
      follow()
      return true
    },
    stepForward() {
      const next = undone.at(-1)
      if (!next || isClosing) return false
      undone = undone.slice(0, -1)
      if (start) segments = [...segments, next]
      else start = next.to
      live = []
      follow()
      return true
    },
    finish: close,
    draft() {
      const from = anchor()
      if (!start || !from) return null
      const to = cursor ?? from
      // Until the path is found, the last one with its end pulled along: it does not flicker.
      const path = isSame(live[0], from) ? [...live.slice(0, -1), to] : [from, to]
      return {
        kind: 'wire',
        points: points(),
        live: path,
        clicks: [start, ...segments.map((s) => s.to)],
        isClosing: pointer !== null && closes(pointer),
      }
    },
    cursor: () => 'crosshair',
  }
}

const distance = (a: XY, b: XY) => Math.hypot(a[0] - b[0], a[1] - b[1])
const isSame = (a: XY | undefined, b: XY) => a !== undefined && distance(a, b) < 0.01
