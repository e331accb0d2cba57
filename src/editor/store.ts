// Holds the editor's state and history, and tells listeners once per event, however many steps it took.
import type { AnnotationObject } from '../model/annotation.ts'
import { apply, type ChangeSet, type EditorDocument, objectsById } from './document.ts'
import { createHistory } from './history.ts'
import { type EditorState, INITIAL_STATE, NO_PREVIEW } from './state.ts'
import { offered } from './suggestions.ts'

export type Store = {
  state(): EditorState
  set(patch: Partial<EditorState>): void
  subscribe(listener: () => void): () => void
  /** Runs `work`; listeners hear of it afterwards, once. */
  batch<T>(work: () => T): T
  /** Does a change and remembers it for undo. Does nothing when read-only. */
  commit(changes: ChangeSet | null, tag?: string): boolean
  seal(): void
  /** What was done; null: nothing. */
  undo(): ChangeSet | null
  redo(): ChangeSet | null
  /** Starts over with another document. */
  replace(document: EditorDocument, patch: Partial<EditorState>): void
}

export function createStore(): Store {
  const history = createHistory()
  const listeners = new Set<() => void>()
  let state = INITIAL_STATE
  let told = state
  let depth = 0

  const tell = () => {
    if (depth > 0 || told === state) return
    told = state
    for (const listener of [...listeners]) listener()
  }
  const set = (patch: Partial<EditorState>) => {
    const names = Object.keys(patch) as (keyof EditorState)[]
    if (names.every((n) => Object.is(state[n], patch[n]))) return
    state = { ...state, ...patch }
    tell()
  }
  const batch: Store['batch'] = (work) => {
    depth++
    try {
      return work()
    } finally {
      depth--
      tell()
    }
  }
  const take = (changes: ChangeSet) => {
    const document = apply(state.document, changes)
    set({ document, ...withoutGone(state, document), canUndo: history.canUndo, canRedo: history.canRedo })
  }
  /** Undo and redo show what they touched, unless a drawing tool is at work. */
  const step = (changes: ChangeSet | null) => {
    if (!changes || state.isReadOnly) return null
    batch(() => {
      take(changes)
      // Changed ones first: of polygons that were merged, the first one chosen.
      const touched = [...changes.changed.map((c) => c.after.id), ...changes.added.map((p) => p.object.id)]
      if (state.tool === 'select' && touched.length > 0) set({ selection: touched })
      const offers = new Set(offered(state).map((s) => s.id))
      const looked = [offeredAgain(changes), state.suggestion].find((key) => key != null && offers.has(key))
      set({ suggestion: looked ?? null })
    })
    return changes
  }

  return {
    state: () => state,
    set,
    batch,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    commit(changes, tag) {
      if (!changes || state.isReadOnly) return false
      history.push(changes, tag)
      take(changes)
      return true
    },
    seal: () => history.seal(),
    undo: () => (state.isReadOnly ? null : step(history.undo())),
    redo: () => (state.isReadOnly ? null : step(history.redo())),
    replace(document, patch) {
      history.clear()
      set({
        ...patch,
        document,
        selection: [],
        hidden: new Set(),
        locked: new Set(),
        hovered: null,
        lastAdded: null,
        notice: null,
        preview: NO_PREVIEW,
        draft: null,
        predictions: [],
        suggestion: null,
        canUndo: false,
        canRedo: false,
      })
    },
  }
}

/** A prediction that was decided on before this change and is not any more. */
function offeredAgain({ removed, rejected }: ChangeSet): string | undefined {
  const after = new Set(rejected?.after)
  return (
    rejected?.before.find((key) => !after.has(key)) ?? removed.find((p) => p.object.prediction_id)?.object.prediction_id
  )
}

/** What still speaks of objects that are no longer there, corrected. Untouched values keep their identity. */
function withoutGone(state: EditorState, document: EditorDocument): Partial<EditorState> {
  const byId: ReadonlyMap<string, AnnotationObject> = objectsById(document)
  const isGone = (id: string | null) => id !== null && !byId.has(id)
  const patch: { -readonly [K in keyof EditorState]?: EditorState[K] } = {}
  if (state.selection.some(isGone)) patch.selection = state.selection.filter((id) => byId.has(id))
  if ([...state.hidden].some(isGone)) patch.hidden = new Set([...state.hidden].filter((id) => byId.has(id)))
  if ([...state.locked].some(isGone)) patch.locked = new Set([...state.locked].filter((id) => byId.has(id)))
  if (isGone(state.hovered)) patch.hovered = null
  if (isGone(state.lastAdded)) patch.lastAdded = null
  return patch
}
