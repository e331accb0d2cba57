// Gathers what changed and hands it on now and then: one refresh after the other, at most two a second.

/** Ids of tasks; null: any of them. */
export type ChangedTasks = ReadonlySet<number> | null

/** The shortest time between two refreshes. */
export const REFRESH_GAP_MS = 500
/** More ids than this are no list any more. */
const IDS_MAX = 1000

export class News {
  readonly #refresh: (changed: ChangedTasks) => Promise<unknown>
  #waiting: Set<number> | null | undefined
  #isBusy = false
  #isPaused = false
  #timer: ReturnType<typeof setTimeout> | null = null

  /** @param refresh resolves when what is shown is new; the next one waits for that, so that a slow server is not hurried */
  constructor(refresh: (changed: ChangedTasks) => Promise<unknown>) {
    this.#refresh = refresh
  }

  add(ids: readonly number[] | null): void {
    if (ids === null || this.#waiting === null) this.#waiting = null
    else {
      this.#waiting ??= new Set()
      for (const id of ids) this.#waiting.add(id)
      if (this.#waiting.size > IDS_MAX) this.#waiting = null
    }
    if (!this.#timer && !this.#isBusy) void this.#hand()
  }

  /** Nobody looks: gathers on, refreshes nothing. */
  pause(): void {
    this.#isPaused = true
  }
  resume(): void {
    this.#isPaused = false
    if (!this.#timer && !this.#isBusy) void this.#hand()
  }
  stop(): void {
    this.#waiting = undefined
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  async #hand(): Promise<void> {
    const changed = this.#waiting
    if (changed === undefined || this.#isPaused) return
    this.#waiting = undefined
    this.#isBusy = true
    try {
      await this.#refresh(changed)
    } catch {
      // What failed shows its own error, and is asked again with the next news.
    }
    this.#isBusy = false
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.#hand()
    }, REFRESH_GAP_MS)
  }
}
