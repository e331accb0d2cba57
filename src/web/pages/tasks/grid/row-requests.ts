// Which blocks are being read. A scrollbar that is dragged asks now and then, not at every step, and what was passed
// meanwhile is not waited for.

/** The shortest time between two requests. */
export const GAP_MS = 100
/** Requests at once: what is in view, and what comes next. */
const MOST_REQUESTS = 2
/** Blocks of one request. */
const MOST_BLOCKS = 4

type Request = { blocks: readonly number[]; abort: AbortController }
type Options = {
  /** Reads neighbouring blocks. Told by the signal that nobody waits for them any more. */
  read: (blocks: readonly number[], signal: AbortSignal) => Promise<void>
  isHere: (block: number) => boolean
  onError: (error: unknown) => void
}

export class RowRequests {
  readonly #options: Options
  readonly #running = new Set<Request>()
  #wanted: readonly number[] = []
  #askedAt = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | null = null
  #hasFailed = false

  constructor(options: Options) {
    this.#options = options
  }

  /** Wants these blocks and no others, the first ones first. */
  want(blocks: readonly number[]): void {
    this.#wanted = blocks
    for (const request of this.#running)
      if (!request.blocks.some((b) => blocks.includes(b))) {
        request.abort.abort()
        this.#running.delete(request)
      }
    this.#ask()
  }

  /** Waits for nothing any more; asks anew for what is wanted. */
  restart(): void {
    for (const request of this.#running) request.abort.abort()
    this.#running.clear()
    this.#hasFailed = false
    this.#ask()
  }

  /** Asks for what is wanted and not here: at once, or when the last request is old enough. */
  #ask(): void {
    if (this.#timer || this.#hasFailed || this.#running.size >= MOST_REQUESTS) return
    const blocks = this.#next()
    if (blocks.length === 0) return
    const wait = this.#askedAt + GAP_MS - performance.now()
    if (wait > 0) {
      this.#timer = setTimeout(() => {
        this.#timer = null
        this.#ask()
      }, wait)
      return
    }
    this.#askedAt = performance.now()
    void this.#request(blocks)
  }

  /** Neighbouring blocks to read next, in order. */
  #next(): number[] {
    const isRunning = (b: number) => [...this.#running].some((r) => r.blocks.includes(b))
    const missing = this.#wanted.filter((b) => !this.#options.isHere(b) && !isRunning(b))
    const [start] = missing
    if (start === undefined) return []
    let [first, last] = [start, start]
    while (last - first + 1 < MOST_BLOCKS && missing.includes(last + 1)) last += 1
    while (last - first + 1 < MOST_BLOCKS && missing.includes(first - 1)) first -= 1
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  }

  async #request(blocks: readonly number[]): Promise<void> {
    const request: Request = { blocks, abort: new AbortController() }
    this.#running.add(request)
    try {
      await this.#options.read(blocks, request.abort.signal)
    } catch (error) {
      if (request.abort.signal.aborted) return
      this.#hasFailed = true
      this.#options.onError(error)
    }
    this.#running.delete(request)
    this.#ask()
  }
}
