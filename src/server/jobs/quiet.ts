// Background work steps aside while requests are being answered. On the embedded database there is one connection: a page
// asks it several times, and would wait for a whole step of a bulk operation before each of its statements.

/** Background work waits no longer than this, so that it gets on under any load. */
const MOST_MS = 250

export class Quiet {
  #underWay = 0
  readonly #waiting = new Set<() => void>()

  get isDisturbed(): boolean {
    return this.#underWay > 0
  }

  /** Answers a request. */
  async during<T>(answer: () => Promise<T>): Promise<T> {
    this.#underWay++
    try {
      return await answer()
    } finally {
      this.#underWay--
      if (this.#underWay === 0) for (const goOn of this.#waiting) goOn()
    }
  }

  /** Until no request is under way, or it took too long. @returns whether it had to wait */
  async come(): Promise<boolean> {
    if (this.#underWay === 0) return false
    await new Promise<void>((resolve) => {
      const goOn = () => {
        clearTimeout(timer)
        this.#waiting.delete(goOn)
        resolve()
      }
      const timer = setTimeout(goOn, MOST_MS)
      this.#waiting.add(goOn)
    })
    return true
  }
}
