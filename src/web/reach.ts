// Whether the server answers. Who reads counts that came an hour ago must be able to see that they did.

/** A call without an answer is no news by itself; after this long the server is asked, and again and again until it answers. */
export const ASK_MS = 5000

export class Reach {
  readonly #ask: () => Promise<unknown>
  readonly #listeners = new Set<() => void>()
  #answeredAt = Date.now()
  #silentSince: number | null = null
  #asking: ReturnType<typeof setInterval> | null = null

  /** @param ask calls the server; how it went is told like that of every call */
  constructor(ask: () => Promise<unknown>) {
    this.#ask = ask
  }

  answered(): void {
    this.#answeredAt = Date.now()
    if (this.#asking) clearInterval(this.#asking)
    this.#asking = null
    this.#tell(null)
  }

  /**
   * A call found no server behind the address, or a stream broke.
   * @param wasThere whether the server was heard until now
   */
  unanswered(wasThere = false): void {
    if (wasThere) this.#answeredAt = Date.now()
    this.#asking ??= setInterval(() => {
      this.#ask().catch(() => this.#asking && this.#tell(this.#answeredAt))
    }, ASK_MS)
  }

  /** The time of the last answer, ms, once it is sure that there are none any more. */
  readonly silentSince = (): number | null => this.#silentSince

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(silentSince: number | null): void {
    if (this.#silentSince === silentSince) return
    this.#silentSince = silentSince
    for (const listener of this.#listeners) listener()
  }
}
