// What tools and actions may do to the editor, in one place: add, select, refuse, switch tools.
import type { AnnotationObject } from '../model/annotation.ts'
import { type AttributeValues, type LabelClass, liveClasses } from '../model/label-schema.ts'
import type { Shape, ShapeType } from '../model/shapes/index.ts'
import type { Assist } from './assist/assist.ts'
import { allows, classOf } from './class-keys.ts'
import { initialValues, lastingValues } from './commands/set-attribute.ts'
import { adding, type ChangeSet, objectsById, objectsOf } from './document.ts'
import { createLazy, type Lazy } from './lazy.ts'
import { snap } from './snap.ts'
import { isStarted, NO_PREVIEW, type ToolName } from './state.ts'
import type { Store } from './store.ts'
import { texts } from './texts.ts'
import { createBoxTool } from './tools/box.ts'
import { createEllipseTool } from './tools/ellipse.ts'
import { createMaskTool } from './tools/mask.ts'
import { createPointTool } from './tools/point.ts'
import { createPolygonTool } from './tools/polygon.ts'
import { createPolylineTool } from './tools/polyline.ts'
import { createSelectTool } from './tools/select.ts'
import { createSkeletonTool } from './tools/skeleton.ts'
import { createSplitTool } from './tools/split.ts'
import { type Desk, SNAP_REACH, type Tool } from './tools/tool.ts'

/** The most objects a revision document holds (model/annotation.ts). */
const MAX_OBJECTS = 20_000

type Combining = typeof import('./commands/combine.ts')
const combining = createLazy<Combining>(() => import('./commands/combine.ts'))

export const assistedTools = createLazy(() => import('./tools/assisted.ts'))

/** What a tool needs of the class; that of a shape's own tool is the shape. */
const SHAPES_OF: Partial<Record<ToolName, readonly ShapeType[]>> = {
  smart_box: ['mask', 'polygon'],
  scissors: ['polygon'],
}

export type Workbench = Desk & {
  tool(): Tool
  setTool(name: ToolName): boolean
  /** Drops a running gesture or a started shape. */
  cancelTool(): boolean
  /** The same where something else comes between; what is being painted is ended and stays. */
  leaveTool(): void
  /** A gesture on what is there would write its own result over an edit. What is being drawn anew has nothing to do with it. */
  endGesture(): void
  /** A started shape that took some clicks is not thrown away by the way. Says so, if there is one. */
  isBusy(): boolean
  /** A new object, of nothing yet, as its class says that it begins. */
  create(class_id: number, shape: Shape): AnnotationObject
  addObjects(objects: readonly AnnotationObject[]): boolean
  /** Does what `work` answers, once the code for it has come. Says so if it answers null. */
  combine(work: (tools: Combining) => ChangeSet | null): void
  /** How to ask about the pixels of the image that is shown; null: not at all. */
  setAssist(load: (() => Promise<Assist>) | null): void
  /** New objects of its class may begin with the values of this one; null: the next image with those of this one. */
  remember(id: string | null): void
  /** What an object of the class begins with, besides what it has already; null: what the whole image begins with. */
  beginning(class_id: number | null, given?: AttributeValues): AttributeValues
  /** Brings `draft` and `cursor` of the state up to date after an event. */
  sync(): void
}

/** What was given last to objects of a class, of the attributes that keep it; of the whole image under null. */
export type LastValues = ReadonlyMap<number | null, Readonly<AttributeValues>>

export type Keeping = {
  /** From an earlier visit. */
  readonly lastValues?: LastValues
  readonly onRemember?: (class_id: number | null, values: Readonly<AttributeValues>) => void
}

export function createWorkbench(
  store: Store,
  createId: () => string,
  authorId: () => number | null,
  kept: Keeping = {},
): Workbench {
  const { state, set } = store
  const refuse = (text: string) => set({ notice: { text, number: (state().notice?.number ?? 0) + 1 } })

  let assist: Lazy<Assist> | null = null
  const lastValues = new Map(kept.lastValues)

  const desk: Desk = {
    state,
    refuse,
    reach: (css) => css / state().view.scale,
    snap: (at, except) => (state().isSnapping ? snap(state(), at, desk.reach(SNAP_REACH), except ?? null) : at),
    mayDraw(type) {
      const labelClass = classOf(state().schema, state().activeClassId)
      if (state().isReadOnly) refuse(texts.notices.readOnly)
      else if (!labelClass) refuse(texts.notices.noClass)
      else if (!allows(labelClass, type)) refuse(texts.notices.notAllowed(labelClass.name, texts.shapes[type]))
      else return true
      return false
    },
    allows(type) {
      const labelClass = classOf(state().schema, state().activeClassId)
      return labelClass !== null && allows(labelClass, type)
    },
    ask(question, then, failed) {
      const { image } = state()
      const heard =
        <V>(work: (value: V) => void) =>
        (value: V) => {
          if (state().image !== image) return
          store.batch(() => {
            work(value)
            sync()
          })
        }
      const fail = heard(() => {
        refuse(texts.notices.notLooked)
        failed()
      })
      if (assist)
        assist.use(
          (loaded) => void question(loaded).then(heard(then), fail),
          () => fail(null),
        )
      else fail(null)
    },
    add(shape: Shape) {
      const classId = state().activeClassId
      if (classId === null || !desk.mayDraw(shape.type)) return false
      const object = create(classId, shape)
      if (!addObjects([object])) return false
      set({ lastAdded: object.id })
      return true
    },
    commit: (changes) => void store.commit(changes),
    letGo() {
      const had = state().lastAdded !== null
      set({ lastAdded: null })
      return had
    },
    split: (ids, line) => {
      const made = { createId, authorId: authorId() }
      combine((tools) => tools.split(state().document, ids, line, made))
    },
    preview: (shapes) => set({ preview: shapes ?? NO_PREVIEW }),
    select: (ids) => set(isSame(ids, state().selection) ? {} : { selection: ids }),
    hover: (id) => set({ hovered: id }),
    suggest: (key) => set({ suggestion: key }),
  }

  const combine: Workbench['combine'] = (work) => {
    const { image } = state()
    const run = (tools: Combining) =>
      store.batch(() => {
        // Another task may have been loaded, or the right to edit lost, while the code was on its way.
        if (state().image !== image || state().isReadOnly) return
        endGesture()
        store.seal()
        const changes = work(tools)
        if (!changes) refuse(texts.notices.notCombined)
        else if (isRoomFor(changes.added.length)) store.commit(changes)
      })
    combining.use(run, () => refuse(texts.notices.notLoaded))
  }

  const isRoomFor = (count: number) => {
    if (state().document.objects.length + count <= MAX_OBJECTS) return true
    refuse(texts.notices.tooMany(MAX_OBJECTS))
    return false
  }

  const create: Workbench['create'] = (class_id, shape) => {
    const attributes = beginning(class_id)
    return { id: createId(), class_id, shape, attributes, author_id: authorId() }
  }

  const addObjects = (objects: readonly AnnotationObject[]) => {
    if (!isRoomFor(objects.length)) return false
    store.seal()
    return store.commit(adding(state().document, objects))
  }

  const tools: Partial<Record<ToolName, Tool>> = {
    select: createSelectTool(desk),
    split: createSplitTool(desk),
    box: createBoxTool(desk),
    polygon: createPolygonTool(desk),
    polyline: createPolylineTool(desk),
    point: createPointTool(desk),
    ellipse: createEllipseTool(desk),
    mask: createMaskTool(desk),
    skeleton: createSkeletonTool(desk),
  }
  const tool = () => tools[state().tool] as Tool
  const sync = () => set({ draft: tool().draft(), cursor: tool().cursor() })

  const cancelTool = () => {
    const wasBusy = tool().cancel()
    if (wasBusy) sync()
    return wasBusy
  }
  const leaveTool = () => {
    tool().keep?.()
    cancelTool()
  }
  const endGesture = () => {
    const { tool } = state()
    if (tool === 'select' || tool === 'mask') leaveTool()
  }
  const isBusy = () => {
    if (!isStarted(state())) return false
    refuse(texts.notices.finishFirst)
    return true
  }

  /** The active class if it has one of these geometries, else the first that does. */
  const classFor = (types: readonly ShapeType[]) => {
    const suits = (c: LabelClass) => types.some((type) => allows(c, type))
    const active = classOf(state().schema, state().activeClassId)
    return active && suits(active) ? active : liveClasses(state().schema).find(suits)
  }

  /** The brush goes on with the one selected mask. */
  const selectedMask = (): string | null => {
    const [object, ...others] = objectsOf(state().document, state().selection)
    return object?.shape.type === 'mask' && others.length === 0 ? object.id : null
  }

  /** The tool that was asked for last: another one whose code comes later is not taken. */
  let asked: ToolName = 'select'
  const setLater = (name: ToolName) =>
    assistedTools.use(
      ({ createScissorsTool, createSmartBoxTool }) => {
        tools.scissors ??= createScissorsTool(desk)
        tools.smart_box ??= createSmartBoxTool(desk)
        if (asked === name) store.batch(() => setTool(name))
      },
      () => refuse(texts.notices.notLoaded),
    )

  const setTool = (name: ToolName): boolean => {
    asked = name
    if (name === state().tool) return true
    if (isBusy()) return false
    if (name === 'split') {
      if (state().isReadOnly) {
        refuse(texts.notices.readOnly)
        return false
      }
      combining.preload()
      leaveTool()
      set({ tool: name, hovered: null, lastAdded: null })
    } else if (name === 'select') {
      leaveTool()
      const { selection, lastAdded } = state()
      set({ tool: name, lastAdded: null, selection: selection.length === 0 && lastAdded ? [lastAdded] : selection })
    } else {
      if (state().isReadOnly) refuse(texts.notices.readOnly)
      const types = SHAPES_OF[name] ?? [name as ShapeType]
      const labelClass = classFor(types)
      if (!labelClass) refuse(texts.notices.noClassFor(types.map((type) => texts.shapes[type]).join(' or ')))
      if (state().isReadOnly || !labelClass) return false
      if (!tools[name]) {
        setLater(name)
        return true
      }
      leaveTool()
      // Objects are selected in the Select tool only: a class key in a drawing tool means the next object.
      const lastAdded = name === 'mask' ? selectedMask() : null
      set({ tool: name, activeClassId: labelClass.id, selection: [], hovered: null, lastAdded })
    }
    sync()
    return true
  }

  const setAssist: Workbench['setAssist'] = (load) => {
    assist = load && createLazy(load)
  }

  const remember: Workbench['remember'] = (id) => {
    const { document } = state()
    const object = id === null ? undefined : objectsById(document).get(id)
    if (id !== null && !object) return
    const class_id = object?.class_id ?? null
    const values = lastingValues(attributesOf(class_id), object?.attributes ?? document.global_attributes)
    if (!values) return
    lastValues.set(class_id, values)
    kept.onRemember?.(class_id, values)
  }
  const attributesOf = (class_id: number | null) => {
    const { schema } = state()
    return class_id === null ? schema.global_attributes : (classOf(schema, class_id)?.attributes ?? [])
  }
  const beginning: Workbench['beginning'] = (class_id, given) =>
    initialValues(attributesOf(class_id), lastValues.get(class_id), given)

  return {
    ...desk, setAssist, remember, beginning, tool, setTool, cancelTool, leaveTool, endGesture, isBusy, create,
    addObjects, combine, sync,
  } // biome-ignore format: one list
}

const isSame = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((id, i) => id === b[i])
