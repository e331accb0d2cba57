// Undo and redo over change sets. Saving does not touch it, so work can be undone after an autosave.
import { type Changed, type ChangeSet, invert } from './document.ts'

/** Older steps are forgotten; a step holds references, so a thousand of them cost little. */
const LIMIT = 1000

type Step = { changes: ChangeSet; tag: string | null }

export type History = {
  readonly canUndo: boolean
  readonly canRedo: boolean
  /**
   * Remembers a step that was just done. Steps with the same `tag` that follow each other become one step
   * (an arrow key held down, letters typed into one field) until `seal` is called.
   */
  push(changes: ChangeSet, tag?: string | null): void
  seal(): void
  /** The change set to apply, or null if there is none. */
  undo(): ChangeSet | null
  redo(): ChangeSet | null
  clear(): void
}

export function createHistory(): History {
  let done: Step[] = []
  let undone: Step[] = []
  let isSealed = true

  return {
    get canUndo() {
      return done.length > 0
    },
    get canRedo() {
      return undone.length > 0
    },
    push(changes, tag = null) {
      undone = []
      const last = done.at(-1)
      if (!isSealed && tag !== null && last?.tag === tag) last.changes = merged(last.changes, changes)
      else done.push({ changes, tag })
      isSealed = false
      if (done.length > LIMIT) done.shift()
    },
    seal() {
      isSealed = true
    },
    undo() {
      const step = done.pop()
      if (!step) return null
      undone.push(step)
      isSealed = true
      return invert(step.changes)
    },
    redo() {
      const step = undone.pop()
      if (!step) return null
      done.push(step)
      isSealed = true
      return step.changes
    },
    clear() {
      done = []
      undone = []
      isSealed = true
    },
  }
}

/** Two change sets in a row as one. Only edits carry tags, so nothing is added or removed here. */
function merged(first: ChangeSet, second: ChangeSet): ChangeSet {
  const changed = new Map<string, Changed>(first.changed.map((c) => [c.before.id, c]))
  for (const c of second.changed) {
    const earlier = changed.get(c.before.id)
    changed.set(c.before.id, { before: earlier?.before ?? c.before, after: c.after })
  }
  const globals =
    first.globals && second.globals
      ? { before: first.globals.before, after: second.globals.after }
      : (first.globals ?? second.globals)
  return { ...first, changed: [...changed.values()], globals }
}
