// The annotation editor without a screen. How it is used:
//   const editor = createEditor({ createId: newId })
//   editor.load({ document, image: { width, height }, schema, authorId, isReadOnly: false })
//   <AnnotationCanvas editor={editor} imageUrl={url} />     the canvas feeds pointer, wheel and keys, and draws
//   const stop = editor.subscribe(() => …)                  once per event in which something changed
//   editor.state().document !== before                      the document changed: save editor.document()
//   editor.setTool('box'), chooseClass(3), undo(), fit() …   what buttons do (actions.ts)
//   editor.setReadOnly(true)                                the lease is lost: work stays, nothing more can be edited
// One editor may live as long as the page: load() the next task into it; tool, class and clipboard stay.
// No pointer or key stream makes it throw, and an object goes only by delete, undo or redo (fuzzed in editor.test.ts).
import type { AnnotationDocument } from '../model/annotation.ts'
import { type LabelSchema, liveClasses } from '../model/label-schema.ts'
import { isShapeType } from '../model/shapes/index.ts'
import { type Actions, createActions } from './actions.ts'
import { allows, classOf } from './class-keys.ts'
import { dropUnknown } from './commands/drop-unknown.ts'
import { fitted, heldInSight, resized, type Size } from './coordinates.ts'
import { toSaved } from './document.ts'
import type { KeyInput, PointerInput, WheelInput } from './input.ts'
import { createKeyboard } from './keyboard.ts'
import type { KeyEntry } from './keys.ts'
import { createPointer } from './pointer.ts'
import type { EditorState } from './state.ts'
import { createStore } from './store.ts'
import { allowedBy } from './suggestions.ts'
import { texts } from './texts.ts'
import { createWorkbench, type Keeping } from './workbench.ts'

export type Loaded = {
  readonly document: AnnotationDocument
  /** Of the upright image, pixels. */
  readonly image: Size
  readonly schema: LabelSchema
  /** Who draws; null for nobody in particular. */
  readonly authorId: number | null
  readonly isReadOnly: boolean
  /** Nobody worked on it before: the values of the whole image begin as the schema says. */
  readonly isNew?: boolean
}

export type Editor = Actions & {
  /** The same value until something changes. */
  state(): EditorState
  subscribe(listener: () => void): () => void
  /** The document to save. Gestures that still run are not in it. */
  document(): AnnotationDocument
  load(loaded: Loaded): void
  /** The schema changed under the work: values that it does not know go, as one step. */
  adoptSchema(schema: LabelSchema): void
  setReadOnly(isReadOnly: boolean): void
  readonly isReadOnly: boolean
  /** CSS pixels of the canvas. */
  resize(screen: Size): void
  pointerDown(input: PointerInput): void
  /** `way`: where it was since the last event, for what is painted. */
  pointerMove(input: PointerInput, way?: readonly PointerInput[]): void
  pointerUp(input: PointerInput): void
  /** The pointer was taken away. What it painted stays. */
  pointerCancel(): void
  /** The press was a mistake, of a palm beside a pen. */
  pointerDrop(): void
  /** The pointer went off the canvas. */
  pointerLeave(): void
  wheel(input: WheelInput): void
  /** Whether the key was the editor's. */
  keyDown(input: KeyInput): boolean
  keyUp(input: KeyInput): void
  /** Does an action of the list of keys without its key. Answers whether anything came of it. */
  act(id: KeyEntry['id']): boolean
  /** The window lost the keyboard: no key is held any more. */
  blur(): void
}

export function createEditor(options: { createId: () => string } & Keeping): Editor {
  const store = createStore()
  let author: number | null = null
  const bench = createWorkbench(store, options.createId, () => author, options)
  const actions = createActions(store, bench, options.createId, () => author)
  const pointer = createPointer(store, bench, actions)
  const keyboard = createKeyboard(store, bench, actions)
  const { state, set } = store

  /** Each entry from outside is one batch: listeners hear once. */
  const batched = <T extends Record<string, (...args: never[]) => unknown>>(functions: T): T =>
    Object.fromEntries(
      Object.entries(functions).map(([name, f]) => [name, (...args: never[]) => store.batch(() => f(...args))]),
    ) as T

  const setReadOnly = (isReadOnly: boolean) => {
    bench.leaveTool()
    if (isReadOnly) bench.setTool('select')
    // A started shape keeps setTool from leaving; without the right to draw it cannot be finished anyway.
    set({ isReadOnly, tool: isReadOnly ? 'select' : state().tool })
    bench.sync()
  }

  return {
    state,
    subscribe: store.subscribe,
    document: () => toSaved(state().document),
    get isReadOnly() {
      return state().isReadOnly
    },
    ...batched({
      ...actions,
      load({ document, image, schema, authorId, isReadOnly, isNew }: Loaded) {
        pointer.pointerCancel()
        bench.cancelTool()
        author = authorId
        const before = classOf(schema, state().activeClassId)
        const active = before && !before.is_removed ? before : (liveClasses(schema)[0] ?? null)
        const { tool, screen } = state()
        const keepsTool = !isShapeType(tool)
          ? tool === 'select' || !isReadOnly
          : !isReadOnly && active !== null && allows(active, tool)
        set({ schema })
        const begun = isNew ? { ...document, global_attributes: bench.beginning(null) } : document
        store.replace(begun, {
          // A new size object each time: the clipboard tells images apart by it.
          image: { width: image.width, height: image.height },
          isReadOnly,
          activeClassId: active?.id ?? null,
          tool: keepsTool ? tool : 'select',
          view: fitted(image, screen),
          isFitted: true,
        })
        bench.sync()
      },
      adoptSchema(schema: LabelSchema) {
        const active = classOf(schema, state().activeClassId)
        const activeClassId = (active?.is_removed === false ? active : liveClasses(schema)[0])?.id ?? null
        const predictions = allowedBy(schema, state().predictions)
        const suggestion = predictions.find((s) => s.id === state().suggestion)?.id ?? null
        set({ schema, activeClassId, predictions, suggestion })
        store.seal()
        if (store.commit(dropUnknown(state().document, schema))) bench.refuse(texts.notices.schemaChanged)
      },
      setReadOnly,
      resize(screen: Size) {
        if (!Number.isFinite(screen.width) || !Number.isFinite(screen.height)) return
        const { image, view, isFitted, screen: before } = state()
        const next = isFitted ? fitted(image, screen) : heldInSight(resized(view, before, screen), image, screen)
        set({ screen, view: next })
      },
      ...pointer,
      keyDown(input: KeyInput): boolean {
        if (input.key === ' ' && !input.ctrl && !input.alt) return pointer.holdSpace(true)
        return keyboard.press(input)
      },
      act: keyboard.act,
      keyUp(input: KeyInput) {
        if (input.key === ' ') pointer.holdSpace(false)
      },
      blur() {
        pointer.holdSpace(false)
        pointer.pointerCancel()
      },
    }),
  }
}
