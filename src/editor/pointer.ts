// Sends pointer and wheel events where they belong: to a pan that runs, or to the tool.
import type { XY } from '../model/shapes/geometry.ts'
import type { Actions } from './actions.ts'
import { toImage } from './coordinates.ts'
import { createClickCounter, isSane, type PointerInput, type WheelInput } from './input.ts'
import { clicksOf, type EditorState, isStarted } from './state.ts'
import type { Store } from './store.ts'
import { type Pan, startPan } from './tools/pan.ts'
import type { ToolEvent } from './tools/tool.ts'
import type { Workbench } from './workbench.ts'

/** Zoom per CSS pixel of wheel: a notch (100 px) of a mouse is 1.22 ×, a pinch (small steps, with Ctrl) follows the fingers. */
const WHEEL_ZOOM = 0.002
const PINCH_ZOOM = 0.01
/** A free-spinning wheel sends thousands of pixels at once; more than this in one event is a jump, not a zoom. */
const MOST_WHEEL = 300
const MOST_PINCH = 15

export function createPointer(store: Store, bench: Workbench, actions: Actions) {
  const { state, set } = store
  const count = createClickCounter()
  /** What the pressed button does; one press at a time. `before`: as it was without it. */
  let pressed: { by: 'tool'; before: EditorState } | { by: 'pan'; pan: Pan } | null = null
  let isSpaceHeld = false

  const sync = () => {
    bench.sync()
    if (pressed?.by === 'pan') set({ cursor: 'grabbing' })
    else if (isSpaceHeld && !pressed) set({ cursor: 'grab' })
  }
  const setPointer = ({ x, y }: PointerInput) => {
    const { pointer } = state()
    if (pointer?.[0] !== x || pointer[1] !== y) set({ pointer: [x, y] })
  }
  const event = (input: PointerInput, clicks: number): ToolEvent => {
    const screen: XY = [input.x, input.y]
    const image = toImage(state().view, screen)
    return { screen, image, clicks, shift: !!input.shift, alt: !!input.alt, ctrl: !!input.ctrl }
  }
  const drop = () => {
    if (pressed?.by === 'tool' && !isStarted(state())) bench.cancelTool()
    pressed = null
    sync()
  }

  return {
    pointerDown(input: PointerInput) {
      const button = input.button ?? 0
      if (!isSane(input) || pressed) return
      const screen: XY = [input.x, input.y]
      setPointer(input)
      if (button === 1 || (button === 0 && isSpaceHeld)) {
        pressed = { by: 'pan', pan: startPan(state().view, screen) }
      } else if (button === 0) {
        pressed = { by: 'tool', before: state() }
        store.seal()
        bench.tool().down(event(input, count(screen, input.time)))
      }
      sync()
    },
    /** @param way where it was since the last event, for what is painted */
    pointerMove(input: PointerInput, way: readonly PointerInput[] = []) {
      if (!isSane(input)) return
      setPointer(input)
      if (pressed?.by === 'tool') for (const place of way.filter(isSane)) bench.tool().move(event(place, 1))
      if (pressed?.by === 'pan') actions.setView(pressed.pan.to([input.x, input.y]))
      else if (pressed || !isSpaceHeld) bench.tool().move(event(input, 1))
      sync()
    },
    pointerUp(input: PointerInput) {
      const ended = pressed
      pressed = null
      if (ended?.by === 'tool' && isSane(input)) bench.tool().up(event(input, 1))
      else if (ended?.by === 'tool') bench.cancelTool()
      sync()
    },
    /** The pointer was taken away: what was being dragged goes back; what was painted and a started polygon stay. */
    pointerCancel() {
      if (pressed?.by === 'tool') bench.tool().keep?.()
      drop()
    },
    /** The press was a mistake: nothing that it began stays. */
    pointerDrop() {
      const { draft, document } = pressed?.by === 'tool' ? pressed.before : state()
      drop()
      if (clicksOf(state().draft) > clicksOf(draft)) bench.tool().stepBack?.()
      // What was drawn with more than this press is kept.
      else if (!draft && state().document !== document) store.undo()
      sync()
    },
    pointerLeave() {
      if (!pressed) set({ pointer: null, hovered: null })
    },
    wheel(input: WheelInput) {
      if (!isSane(input) || !Number.isFinite(input.deltaY)) return
      const most = input.ctrl ? MOST_PINCH : MOST_WHEEL
      const delta = Math.min(most, Math.max(-most, input.deltaY))
      const at: XY = [input.x, input.y]
      // A pan goes on from where the zoom left the image.
      actions.zoomBy(Math.exp(-delta * (input.ctrl ? PINCH_ZOOM : WHEEL_ZOOM)), at)
      if (pressed?.by === 'pan') pressed = { by: 'pan', pan: startPan(state().view, at) }
      else bench.tool().move(event(input, 1))
      sync()
    },
    holdSpace(isHeld: boolean) {
      isSpaceHeld = isHeld
      sync()
      return true
    },
  }
}
