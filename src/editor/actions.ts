// Everything a person can do that is not pointing: by key, by button, from the list of objects.
import type { AnnotationObject } from '../model/annotation.ts'
import { isSameValue } from '../model/same-value.ts'
import type { XY } from '../model/shapes/geometry.ts'
import { isShapeType, shapeBounds } from '../model/shapes/index.ts'
import { allows, classOf, fits } from './class-keys.ts'
import { changeClass } from './commands/change-class.ts'
import { copyObjects } from './commands/copy-objects.ts'
import { nextObject } from './commands/cycle-selection.ts'
import { deleteObjects } from './commands/delete-objects.ts'
import { nudge } from './commands/nudge.ts'
import { type Order, reorder } from './commands/reorder.ts'
import { type AttributeValue, setAttribute, setGlobalAttribute } from './commands/set-attribute.ts'
import { toggleHidden } from './commands/toggle-hidden.ts'
import { turn } from './commands/turn.ts'
import { centredOn, clamp, fitted, heldInSight, showing, type View, zoomedAt } from './coordinates.ts'
import { DISPLAY_RANGES, type Display, type DisplayAmount, displayWith, INITIAL_DISPLAY } from './display.ts'
import { type ChangeSet, objectsById, objectsOf } from './document.ts'
import { type Brush, changeable, reachableObjects, type ToolName, unlocked } from './state.ts'
import type { Store } from './store.ts'
import { createSuggestionActions } from './suggestion-actions.ts'
import { texts } from './texts.ts'
import type { Workbench } from './workbench.ts'

/** A copy lies this far beside its original, image pixels. */
const COPY_OFFSET = 10
/** Diameter of the largest brush, image pixels. */
const MOST_BRUSH = 2000

export type Actions = ReturnType<typeof createActions>

export function createActions(store: Store, bench: Workbench, createId: () => string, authorId: () => number | null) {
  const { state, set } = store
  /** To be put into the next image. */
  let carried: readonly AnnotationObject[] = []
  /** `steps`: so often the offset is the next paste away from the original. */
  let clipboard: { objects: readonly AnnotationObject[]; image: unknown; steps: number } | null = null

  const setView = (view: View) => set({ view: heldInSight(view, state().image, state().screen), isFitted: false })
  const setDisplay = (patch: Partial<Display>) => set({ display: displayWith(state().display, patch) })
  const middle = (): XY => [state().screen.width / 2, state().screen.height / 2]
  /** Edits start from rest. */
  const settle = () => {
    bench.endGesture()
    store.seal()
  }
  /** By one point of what is being drawn. */
  const stepped = (isDone = false) => {
    if (isDone) bench.sync()
    return isDone
  }
  /** After undo and redo, new objects begin with the values that stand now. */
  const afterStep = (step: ChangeSet | null) => {
    if (step?.globals) bench.remember(null)
    const valued = step?.changed.find(
      ({ before, after }) => before.class_id === after.class_id && before.attributes !== after.attributes,
    )
    if (valued) bench.remember(valued.after.id)
    return step !== null
  }
  const isLocked = () => {
    if (state().isReadOnly) bench.refuse(texts.notices.readOnly)
    return state().isReadOnly
  }
  /** Those of the ids that may be changed. Says why not, if none may. @param areNamed they are meant although hidden */
  const allowed = (ids: readonly string[], areNamed = false): readonly string[] => {
    if (isLocked()) return []
    const free = unlocked(state(), ids)
    const chosen = areNamed ? free : changeable(state(), ids)
    if (chosen.length === 0 && ids.length > 0) bench.refuse(texts.notices[free.length > 0 ? 'hidden' : 'locked'])
    return chosen
  }
  const select = (ids: readonly string[]) => {
    const known = objectsById(state().document)
    const chosen = [...new Set(ids)].filter((id) => known.has(id))
    if (chosen.length > 0 && !bench.setTool('select')) return false
    store.seal()
    bench.select(chosen)
    return true
  }
  const combine = (command: 'merge' | 'subtract') => {
    if (isLocked()) return false
    const known = objectsById(state().document)
    const polygons = state().selection.filter((id) => known.get(id)?.shape.type === 'polygon')
    const changed = command === 'merge' ? polygons : polygons.slice(0, 1)
    const isMissing = (free: readonly string[]) => free.length < changed.length
    let refusal: 'nothingToMerge' | 'locked' | 'hidden' | null = null
    if (polygons.length < 2) refusal = 'nothingToMerge'
    else if (isMissing(unlocked(state(), changed))) refusal = 'locked'
    else if (isMissing(changeable(state(), changed))) refusal = 'hidden'
    if (refusal) bench.refuse(texts.notices[refusal])
    else bench.combine((tools) => tools[command](state().document, polygons))
    return refusal === null
  }
  /** Drawn here already, of the same class. */
  const isThere = (o: AnnotationObject) =>
    state().document.objects.some((other) => other.class_id === o.class_id && isSameValue(other.shape, o.shape))
  const put = (objects: readonly AnnotationObject[], offset: number) => {
    if (isLocked() || bench.isBusy()) return false
    settle()
    const { image, schema } = state()
    const copies = copyObjects(objects, { image, schema, offset, authorId: authorId(), createId })
    if (copies.length < objects.length)
      bench.refuse(texts.notices.leftOut(objects.length - copies.length, objects.length))
    if (copies.length === 0 || !bench.addObjects(copies)) return false
    return select(copies.map((o) => o.id))
  }

  return {
    ...createSuggestionActions(store, bench),
    setTool: (name: ToolName) => bench.setTool(name),
    /** How to look at the pixels of the image that is shown; loaded when a tool first asks. */
    setAssist: bench.setAssist,
    /** Paints masks this way. */
    setBrushMode(mode: Brush['mode']) {
      if (!bench.setTool('mask')) return false
      set({ brush: { ...state().brush, mode } })
      return true
    },
    /** Image pixels. */
    setBrushSize: (size: number) => set({ brush: { ...state().brush, size: clamp(Math.round(size), 1, MOST_BRUSH) } }),
    /** Selects these objects and no others; unknown ids are left out. */
    select,
    selectAll: () => select(reachableObjects(state()).map((o) => o.id)),
    selectNext(direction: 1 | -1 = 1) {
      const next = nextObject(reachableObjects(state()), state().selection, direction)
      return next !== null && select([next])
    },
    /** The class of the next object, and of the selection. */
    chooseClass(id: number) {
      const labelClass = classOf(state().schema, id)
      if (!labelClass || labelClass.is_removed || isLocked()) return false
      const { tool, selection, document, schema } = state()
      const isUnsuited = isShapeType(tool) && !allows(labelClass, tool)
      if (isUnsuited && bench.isBusy()) return false
      // What was painted is still of the class it was begun with.
      if (isUnsuited) bench.leaveTool()
      set({ activeClassId: id })
      // The brush begins another mask.
      if (tool === 'mask') set({ lastAdded: null })
      if (isUnsuited) bench.setTool(labelClass.geometries[0] as ToolName)
      if (selection.length === 0) return true
      const ids = allowed(selection)
      settle()
      store.commit(changeClass(document, ids, schema, labelClass, bench.beginning))
      const refused = objectsOf(state().document, ids).find((o) => !fits(labelClass, o.shape))
      if (refused) bench.refuse(texts.notices.notAllowed(labelClass.name, texts.shapes[refused.shape.type]))
      return true
    },
    /** Deletes these objects, or what is seen of the selection. */
    delete(ids?: readonly string[]) {
      const free = allowed(ids ?? state().selection, ids !== undefined)
      if (free.length === 0) return false
      settle()
      return store.commit(deleteObjects(state().document, free))
    },
    undo() {
      if (stepped(bench.tool().stepBack?.())) return true
      bench.cancelTool()
      return afterStep(store.undo())
    },
    redo() {
      if (stepped(bench.tool().stepForward?.())) return true
      if (bench.isBusy()) return false
      bench.leaveTool()
      const step = store.redo()
      // What is drawn again is what was drawn last.
      if (step?.added.length === 1 && step.removed.length === 0 && isShapeType(state().tool))
        set({ lastAdded: step.added[0]?.object.id ?? null })
      return afterStep(step)
    },
    copy() {
      const objects = objectsOf(state().document, state().selection)
      if (objects.length > 0) clipboard = { objects, image: state().image, steps: 1 }
      return objects.length > 0
    },
    /** In the same image beside the original, further with each paste; in another image first at the same place. */
    paste() {
      if (!clipboard) return false
      const { image } = state()
      if (clipboard.image !== image) {
        clipboard.image = image
        clipboard.steps = clipboard.objects.some(isThere) ? 1 : 0
      }
      const isDone = put(clipboard.objects, COPY_OFFSET * clipboard.steps)
      if (isDone) clipboard.steps++
      return isDone
    },
    /** The selection, or all objects, are put into the next image at the same place. Asked again for the same, it takes that back. */
    carry() {
      const { selection, document } = state()
      const objects = selection.length > 0 ? objectsOf(document, selection) : document.objects
      const isSame = objects.length === carried.length && objects.every((o, i) => o === carried[i])
      carried = isSame ? [] : objects
      bench.refuse(texts.notices.carried(carried.length))
      return carried.length > 0
    },
    /** What the last image handed on, once, as one step of undo. What lies there already is not put a second time. */
    putCarried() {
      const missing = carried.filter((o) => !isThere(o))
      carried = []
      return missing.length > 0 && put(missing, 0)
    },
    duplicate: () => put(objectsOf(state().document, state().selection), COPY_OFFSET),
    /** The first of the selected polygons becomes what all of them cover. */
    merge: () => combine('merge'),
    /** Takes the other selected polygons out of the first. */
    subtract: () => combine('subtract'),
    /** Image pixels. Nudges in a row are one step of undo until `seal`. */
    nudge(dx: number, dy: number) {
      const { selection, document, image } = state()
      const ids = allowed(selection)
      if (selection.length === 0 || state().isReadOnly) return false
      bench.cancelTool()
      store.commit(nudge(document, ids, dx, dy, image), `nudge ${ids.join(' ')}`)
      return true
    },
    /** Turns the boxes and ellipses of the selection. Turns in a row are one step of undo until `seal`. */
    turn(degrees: number) {
      const ids = allowed(state().selection)
      if (ids.length === 0) return false
      bench.cancelTool()
      return store.commit(turn(state().document, ids, degrees, state().image), `turn ${ids.join(' ')}`)
    },
    /** Of the selection, or of what was drawn last. `undefined` clears it. Edits in a row are one step until `seal`. */
    setAttribute(attributeId: number, value: AttributeValue | undefined) {
      const { selection, lastAdded, document, schema } = state()
      // The form says whose values they are.
      const ids = allowed(selection.length > 0 ? selection : lastAdded ? [lastAdded] : [], true)
      const changes = setAttribute(document, ids, schema, attributeId, value)
      const isDone = store.commit(changes, `attribute ${attributeId} ${ids.join(' ')}`)
      if (ids[0]) bench.remember(ids[0])
      return isDone
    },
    setGlobalAttribute(attributeId: number, value: AttributeValue | undefined) {
      const changes = setGlobalAttribute(state().document, state().schema, attributeId, value)
      const isDone = !isLocked() && store.commit(changes, `global ${attributeId}`)
      bench.remember(null)
      return isDone
    },
    /** Ends a run of edits that would be undone together: a field was left. */
    seal: () => store.seal(),
    /** Hides or shows these objects, or the selection; with nothing selected, all. */
    toggleHidden(ids: readonly string[] = state().selection) {
      bench.endGesture()
      const { hidden, document } = state()
      if (ids.length > 0) set({ hidden: toggleHidden(hidden, ids) })
      else set({ hidden: hidden.size > 0 ? new Set() : new Set(document.objects.map((o) => o.id)) })
      return true
    },
    /** Locks these objects, or the selection, so that nothing changes them; unlocks them if all of them are locked. */
    toggleLocked(ids: readonly string[] = state().selection) {
      if (ids.length === 0 || isLocked()) return false
      bench.endGesture()
      set({ locked: toggleHidden(state().locked, ids) })
      return true
    },
    toggleSnapping() {
      set({ isSnapping: !state().isSnapping })
      bench.refuse(state().isSnapping ? texts.notices.snapping : texts.notices.notSnapping)
    },
    /** Up or down the pile. */
    reorder(order: Order) {
      const ids = allowed(state().selection)
      if (ids.length === 0) return false
      settle()
      return store.commit(reorder(state().document, ids, order, state().hidden))
    },
    setDisplay,
    /** By one step of its range. */
    stepDisplay(name: DisplayAmount, direction: 1 | -1) {
      setDisplay({ [name]: state().display[name] + direction * DISPLAY_RANGES[name].step })
    },
    /** The image as it is, the objects opaque. */
    resetTones() {
      const { brightness, contrast, gamma, opacity } = INITIAL_DISPLAY
      setDisplay({ brightness, contrast, gamma, opacity })
    },
    zoomBy: (factor: number, at: XY = middle()) =>
      setView(zoomedAt(state().view, at, factor, state().image, state().screen)),
    setView,
    fit: () => set({ view: fitted(state().image, state().screen), isFitted: true }),
    /** One image pixel per CSS pixel, around the middle of the screen. */
    actualSize() {
      const { view, screen } = state()
      const [x, y] = middle()
      setView(centredOn([(x - view.x) / view.scale, (y - view.y) / view.scale], 1, screen))
    },
    /** Brings an object into sight: to the middle of the screen, unless it is well visible already. */
    reveal(id: string) {
      const object = objectsById(state().document).get(id)
      const view = object && showing(state().view, shapeBounds(object.shape), state().image, state().screen)
      if (view && view !== state().view) setView(view)
    },
  }
}
