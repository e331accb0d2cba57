// Which task a file speaks of, by name. Pure.
// The first of these that finds a task decides: the exact name, the name in any case, the name without extension,
// that in any case. Of several tasks, the folder tells which; if it does not, the name is ambiguous.
import { stemOf } from './file-text.ts'
import type { ParsedImage } from './format.ts'

export type NamedTask = { id: number; name: string; folder: string }
export type Match = { outcome: 'matched'; task_id: number } | { outcome: 'unmatched' | 'ambiguous' }

const KEYS: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toLowerCase(),
  (name) => stemOf(name),
  (name) => stemOf(name).toLowerCase(),
]

/** Tasks by each of the four keys. */
export class TaskNames {
  readonly #byKey = KEYS.map(() => new Map<string, NamedTask[]>())
  readonly #seen = new Set<number>()

  add(tasks: readonly NamedTask[]): void {
    for (const task of tasks) {
      if (this.#seen.has(task.id)) continue
      this.#seen.add(task.id)
      for (const [level, key] of KEYS.entries()) {
        const at = this.#byKey[level] as Map<string, NamedTask[]>
        const known = at.get(key(task.name))
        if (known) known.push(task)
        else at.set(key(task.name), [task])
      }
    }
  }

  match({ names, folders }: Pick<ParsedImage, 'names' | 'folders'>): Match {
    for (const name of names)
      for (const [level, key] of KEYS.entries()) {
        const tasks = this.#byKey[level]?.get(key(name)) ?? []
        if (tasks.length > 0) return byFolder(tasks, folders)
      }
    return { outcome: 'unmatched' }
  }
}

function byFolder(tasks: readonly NamedTask[], folders: readonly string[]): Match {
  if (tasks.length === 1) return { outcome: 'matched', task_id: (tasks[0] as NamedTask).id }
  for (const folder of folders) {
    const there = narrow(tasks, folder)
    if (there.length === 1) return { outcome: 'matched', task_id: (there[0] as NamedTask).id }
  }
  return { outcome: 'ambiguous' }
}

/** Tasks in this very folder; else in one that ends with it, or that it ends with. */
function narrow(tasks: readonly NamedTask[], folder: string): NamedTask[] {
  const exact = tasks.filter((t) => t.folder === folder)
  if (exact.length > 0) return exact
  return tasks.filter((t) => t.folder !== '' && (t.folder.endsWith(`/${folder}`) || folder.endsWith(`/${t.folder}`)))
}
