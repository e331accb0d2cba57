// jobs/: what runs by itself, and how it survives a restart. Work is found by the rows that are unfinished
// (docs/decisions/0004): there is no second queue that could disagree with them.

/** One kind of background work: does a piece and says whether there may be more. */
export type Job = { name: string; run: (signal: AbortSignal) => Promise<boolean>; every_ms: number }

/** Runs each job in its own loop: again at once while it finds work, else after its pause or a wake. */
export class Background {
  readonly #jobs = new Map<string, Job>()
  readonly #wakes = new Map<string, () => void>()
  readonly #loops: Promise<void>[] = []
  readonly #stop = new AbortController()
  readonly #onError: (name: string, error: unknown) => void

  constructor(onError: (name: string, error: unknown) => void) {
    this.#onError = onError
  }

  add(job: Job): void {
    this.#jobs.set(job.name, job)
  }

  start(): void {
    for (const job of this.#jobs.values()) this.#loops.push(this.#loop(job))
  }

  /** Says that there is new work, so that it does not wait for its pause. */
  wake(name: string): void {
    this.#wakes.get(name)?.()
  }

  /** Ends after the pieces under way. */
  async stop(): Promise<void> {
    this.#stop.abort()
    for (const wake of this.#wakes.values()) wake()
    await Promise.all(this.#loops)
  }

  async #loop(job: Job): Promise<void> {
    let pending = false
    let resume: (() => void) | null = null
    this.#wakes.set(job.name, () => {
      pending = true
      resume?.()
    })
    while (!this.#stop.signal.aborted) {
      pending = false
      let more = false
      try {
        more = await job.run(this.#stop.signal)
      } catch (error) {
        this.#onError(job.name, error)
      }
      if (more || pending || this.#stop.signal.aborted) continue
      await new Promise<void>((done) => {
        const timer = setTimeout(done, job.every_ms)
        resume = () => {
          clearTimeout(timer)
          done()
        }
      })
      resume = null
    }
  }
}
