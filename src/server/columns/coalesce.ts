// Work that many wait for and that is done once for all of them, yet never too early for anybody.

/**
 * Runs `work` one at a time. Who asks while it runs waits for the next run, which all share that ask until it begins:
 * so the run that answers always began after the question.
 */
export class Coalesced<Wish, Done> {
  readonly #work: (wishes: ReadonlySet<Wish>) => Promise<Done>
  #running: Promise<unknown> = Promise.resolve()
  #waiting: { wishes: Set<Wish>; done: Promise<Done> } | null = null

  constructor(work: (wishes: ReadonlySet<Wish>) => Promise<Done>) {
    this.#work = work
  }

  /** @param wishes what this caller needs of it, joined with those of the others */
  next(wishes: Iterable<Wish>): Promise<Done> {
    this.#waiting ??= this.#prepare()
    for (const wish of wishes) this.#waiting.wishes.add(wish)
    return this.#waiting.done
  }

  #prepare() {
    const wishes = new Set<Wish>()
    const done = this.#running.then(() => {
      this.#waiting = null
      return this.#work(wishes)
    })
    // The next one begins whether this one succeeds or not.
    this.#running = done.catch(() => {})
    return { wishes, done }
  }
}
