// Questions of many requests, put to the database in one statement: whatever waits when one ends goes into the next.
// A lone question is asked at once, so that nobody waits for company.

type Waiting<Question, Answer> = {
  question: Question
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

export type TogetherOptions<Question, Answer> = {
  /** @param isAlone one question that failed in company, or was the only one then: its error is its own */
  ask: (questions: readonly Question[], isAlone: boolean) => Promise<readonly Answer[]>
  /** Questions with the same key are never asked together. */
  key: (question: Question) => unknown
}

/** So many go into one statement. */
const MOST = 100

export class Together<Question, Answer> {
  readonly #options: TogetherOptions<Question, Answer>
  #waiting: Waiting<Question, Answer>[] = []
  #isAsking = false

  constructor(options: TogetherOptions<Question, Answer>) {
    this.#options = options
  }

  /** Whether nobody waits, and nothing is under way. */
  get isIdle(): boolean {
    return !this.#isAsking && this.#waiting.length === 0
  }

  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject })
      if (!this.#isAsking) void this.#askAll()
    })
  }

  async #askAll(): Promise<void> {
    this.#isAsking = true
    while (this.#waiting.length > 0) {
      const batch = this.#take()
      try {
        const answers = await this.#options.ask(
          batch.map((w) => w.question),
          false,
        )
        for (const [i, { resolve }] of batch.entries()) resolve(answers[i] as Answer)
      } catch {
        // One of them may be at fault; the next batch does not wait for that.
        for (const one of batch) void this.#askAlone(one)
      }
    }
    this.#isAsking = false
  }

  async #askAlone({ question, resolve, reject }: Waiting<Question, Answer>): Promise<void> {
    try {
      const [answer] = await this.#options.ask([question], true)
      resolve(answer as Answer)
    } catch (error) {
      reject(error)
    }
  }

  /** The first ones, no key twice. */
  #take(): Waiting<Question, Answer>[] {
    const batch = new Map<unknown, Waiting<Question, Answer>>()
    const left: Waiting<Question, Answer>[] = []
    for (const one of this.#waiting) {
      const key = this.#options.key(one.question)
      if (batch.size < MOST && !batch.has(key)) batch.set(key, one)
      else left.push(one)
    }
    this.#waiting = left
    return [...batch.values()]
  }
}
