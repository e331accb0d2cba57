// The rows that are kept: blocks of neighbouring rows, the longest unseen ones forgotten first.
import type { Task } from '../../../../contract/tasks.ts'

/** Rows of a block: what a large screen shows, so that a view needs two at most. */
export const BLOCK = 50
/** Blocks kept: 4,000 rows, about 8 MB of memory, however long somebody scrolls. */
export const KEPT_BLOCKS = 80

/** Numbers of the blocks that hold rows [from, to). */
export function blocksOf(from: number, to: number): number[] {
  const first = Math.floor(Math.max(0, from) / BLOCK)
  return Array.from({ length: Math.max(0, Math.ceil(to / BLOCK) - first) }, (_, i) => first + i)
}

export class RowBlocks {
  /** In the order in which they were last seen. */
  readonly #blocks = new Map<number, Task[]>()
  readonly #rows = new Map<number, number>()

  has = (block: number): boolean => this.#blocks.has(block)
  get count(): number {
    return this.#rows.size
  }
  rowAt(row: number): Task | undefined {
    return this.#blocks.get(Math.floor(row / BLOCK))?.[row % BLOCK]
  }
  /** −1 if it is not kept. */
  indexOf(id: number): number {
    return this.#rows.get(id) ?? -1
  }

  /** @param tasks rows from `block * BLOCK` on, as many blocks as they fill */
  put(block: number, tasks: readonly Task[]): void {
    for (let i = 0; i < Math.max(1, tasks.length); i += BLOCK) {
      const at = block + i / BLOCK
      this.#forget(at)
      const rows = tasks.slice(i, i + BLOCK)
      this.#blocks.set(at, rows)
      rows.forEach((t, n) => {
        this.#rows.set(t.id, at * BLOCK + n)
      })
    }
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= KEPT_BLOCKS) break
      this.#forget(oldest)
    }
  }

  /** These are seen now: they are forgotten last. */
  see(blocks: readonly number[]): void {
    for (const block of blocks) {
      const rows = this.#blocks.get(block)
      if (!rows) continue
      this.#blocks.delete(block)
      this.#blocks.set(block, rows)
    }
  }

  /** A task as it is now, at the row where it stands. @returns true if that shows */
  replace(task: Task): boolean {
    const row = this.indexOf(task.id)
    const rows = this.#blocks.get(Math.floor(row / BLOCK))
    if (row < 0 || !rows || JSON.stringify(rows[row % BLOCK]) === JSON.stringify(task)) return false
    rows[row % BLOCK] = task
    return true
  }

  #forget(block: number): void {
    this.#blocks.get(block)?.forEach((t, n) => {
      // A task that moved may stand in a newer block by now.
      if (this.#rows.get(t.id) === block * BLOCK + n) this.#rows.delete(t.id)
    })
    this.#blocks.delete(block)
  }
}
