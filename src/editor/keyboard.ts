// What each key does. The keys themselves are in keys.ts.
import type { Actions } from './actions.ts'
import { classKeys } from './class-keys.ts'
import type { DisplayToggle } from './display.ts'
import type { KeyInput } from './input.ts'
import { actionOf, type KeyEntry, placedDigit, plainKey } from './keys.ts'
import type { Store } from './store.ts'
import type { Workbench } from './workbench.ts'

const ZOOM_STEP = 1.25
const BRUSH_STEP = 1.2
const THRESHOLD_STEP = 0.05
const ARROWS: Record<string, readonly [number, number]> = {
  arrowleft: [-1, 0],
  arrowright: [1, 0],
  arrowup: [0, -1],
  arrowdown: [0, 1],
}

/** What a held key does again and again; the others are meant once. */
const REPEATED: ReadonlySet<KeyEntry['id']> = new Set([
  'delete', 'undo', 'redo', 'nudge', 'nudge_far', 'turn_left', 'turn_right', 'brush_smaller', 'brush_larger', 'zoom_in',
  'zoom_out', 'select_next', 'select_previous', 'next_suggestion', 'previous_suggestion', 'more_predictions',
  'fewer_predictions', 'brighter', 'darker', 'more_contrast', 'less_contrast', 'more_gamma', 'less_gamma',
  'more_opacity', 'less_opacity',
]) // biome-ignore format: one list

export type Keyboard = {
  /** Answers whether the key was the editor's; if not, the browser may have it. */
  press(input: KeyInput): boolean
  /** Does what the key of an action would. */
  act(id: KeyEntry['id']): boolean
}

export function createKeyboard(store: Store, bench: Workbench, actions: Actions): Keyboard {
  const { state } = store
  const did = (_: unknown) => true
  const move = (input: KeyInput, distance: number) => {
    const [dx, dy] = ARROWS[input.key.toLowerCase()] ?? [0, 0]
    return actions.nudge(dx * distance, dy * distance)
  }
  /** By at least one pixel, so that small brushes change too. */
  const resizeBrush = (factor: number) => {
    const { brush } = state()
    const size =
      factor > 1 ? Math.max(brush.size + 1, brush.size * factor) : Math.min(brush.size - 1, brush.size * factor)
    return did(actions.setBrushSize(size))
  }
  const toggle = (name: DisplayToggle) => did(actions.setDisplay({ [name]: !state().display[name] }))
  const cancel = () => {
    if (bench.cancelTool()) return true
    if (state().suggestion !== null) return did(actions.lookAtSuggestion(null))
    if (state().selection.length > 0) return actions.select([])
    return state().tool !== 'select' && actions.setTool('select')
  }
  /** A letter alone; a digit may need Shift. */
  const plainOf = (input: KeyInput) =>
    input.ctrl || (input.shift && !/^[0-9]$/.test(input.key)) ? null : plainKey(input)
  /** While a shape is being drawn, Tab and Ctrl+A do nothing, but they are the editor's all the same. */
  const unlessBusy = (work: () => boolean) => (bench.isBusy() ? true : work())

  const handlers: Partial<Record<KeyEntry['id'], (input: KeyInput) => boolean>> = {
    select_tool: () => did(actions.setTool('select')),
    box_tool: () => did(actions.setTool('box')),
    polygon_tool: () => did(actions.setTool('polygon')),
    polyline_tool: () => did(actions.setTool('polyline')),
    point_tool: () => did(actions.setTool('point')),
    ellipse_tool: () => did(actions.setTool('ellipse')),
    skeleton_tool: () => did(actions.setTool('skeleton')),
    mask_tool: () => did(actions.setBrushMode('add')),
    brush_erase: () => did(actions.setBrushMode('erase')),
    brush_fill: () => did(actions.setBrushMode('fill')),
    brush_smaller: () => resizeBrush(1 / BRUSH_STEP),
    brush_larger: () => resizeBrush(BRUSH_STEP),
    split_tool: () => did(actions.setTool('split')),
    smart_box_tool: () => did(actions.setTool('smart_box')),
    scissors_tool: () => did(actions.setTool('scissors')),
    close_shape: () => bench.tool().finish?.() ?? false,
    cancel,
    // Held, it takes back points, and never the objects that come after them.
    delete: ({ repeat }) => bench.tool().stepBack?.() || repeat || actions.delete(),
    undo: () => did(actions.undo()),
    redo: () => did(actions.redo()),
    copy: () => actions.copy(),
    paste: () => actions.paste(),
    merge: () => did(actions.merge()),
    subtract: () => did(actions.subtract()),
    duplicate: () => did(actions.duplicate()),
    carry: () => did(actions.carry()),
    nudge: (input) => move(input, 1),
    nudge_far: (input) => move(input, 10),
    bring_forward: () => did(actions.reorder('forward')),
    send_back: () => did(actions.reorder('back')),
    bring_to_front: () => did(actions.reorder('front')),
    send_to_bottom: () => did(actions.reorder('bottom')),
    lock: () => did(actions.toggleLocked()),
    snap: () => did(actions.toggleSnapping()),
    turn_left: () => actions.turn(-1),
    turn_right: () => actions.turn(1),
    select_all: () => unlessBusy(() => did(actions.selectAll())),
    select_next: () => unlessBusy(() => actions.selectNext(1)),
    select_previous: () => unlessBusy(() => actions.selectNext(-1)),
    accept_suggestion: () => actions.acceptSuggestions(),
    reject_suggestion: () => actions.rejectSuggestions(),
    next_suggestion: () => actions.nextSuggestion(1),
    previous_suggestion: () => actions.nextSuggestion(-1),
    accept_all: () => actions.acceptAllSuggestions(),
    suggestions: () => did(actions.toggleSuggestions()),
    more_predictions: () => did(actions.setThreshold(state().threshold - THRESHOLD_STEP)),
    fewer_predictions: () => did(actions.setThreshold(state().threshold + THRESHOLD_STEP)),
    hide: () => actions.toggleHidden(),
    brighter: () => did(actions.stepDisplay('brightness', 1)),
    darker: () => did(actions.stepDisplay('brightness', -1)),
    more_contrast: () => did(actions.stepDisplay('contrast', 1)),
    less_contrast: () => did(actions.stepDisplay('contrast', -1)),
    more_gamma: () => did(actions.stepDisplay('gamma', 1)),
    less_gamma: () => did(actions.stepDisplay('gamma', -1)),
    more_opacity: () => did(actions.stepDisplay('opacity', 1)),
    less_opacity: () => did(actions.stepDisplay('opacity', -1)),
    reset_tones: () => did(actions.resetTones()),
    grid: () => toggle('hasGrid'),
    crosshair: () => toggle('hasCrosshair'),
    labels: () => toggle('hasLabels'),
    minimap: () => toggle('hasMinimap'),
    coordinates: () => toggle('hasCoordinates'),
    fit: () => did(actions.fit()),
    actual_size: () => did(actions.actualSize()),
    zoom_in: () => did(actions.zoomBy(ZOOM_STEP, state().pointer ?? undefined)),
    zoom_out: () => did(actions.zoomBy(1 / ZOOM_STEP, state().pointer ?? undefined)),
  }

  return {
    press(input) {
      if (input.alt) return false
      // A held key is one step of undo.
      if (!input.repeat) store.seal()
      const action = actionOf(input)
      const plain = plainOf(input) ?? (action === null && !input.ctrl && !input.shift ? placedDigit(input) : null)
      const labelClass = plain && !state().isReadOnly ? classKeys(state().schema).get(plain) : undefined
      if (input.repeat && (labelClass || (action !== null && !REPEATED.has(action)))) return true
      const isHandled = labelClass
        ? did(actions.chooseClass(labelClass.id))
        : action !== null && (handlers[action]?.(input) ?? false)
      bench.sync()
      return isHandled
    },
    act(id) {
      store.seal()
      const isHandled = handlers[id]?.({ key: '' }) ?? false
      bench.sync()
      return isHandled
    },
  }
}
