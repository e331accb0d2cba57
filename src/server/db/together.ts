// Questions of many requests, put to the database in one statement: whatever waits when one ends goes into the next.
// A lone question is asked at once, so that nobody waits for company.

type Waiting<Question, Answer> = {
  question: Question
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

/** @param isAlone a question that failed in company, asked again by itself: a failure now is its own */
type Ask<Question, Answer> = (questions: readonly Question[], isAlone: boolean) => Promise<readonly Answer[]>

/** So many go into one statement. */
const MOST = 100

export class Together<Question, Answer> {
  readonly #ask: Ask<Question, Answer>
  readonly #keyOf: (question: Question) => unknown
  #waiting: Waiting<Question, Answer>[] = []
  #isAsking = false

  /** @param keyOf questions with the same key never go together */
  constructor(ask: Ask<Question, Answer>, keyOf: (question: Question) => unknown = (question) => question) {
    this.#ask = ask
    this.#keyOf = keyOf
  }

  /** Whether nobody waits, and nothing is under way. */
  get isIdle(): boolean {
    return !this.#isAsking && this.#waiting.length === 0
  }

  next(question: Question): Promise<Answer> {
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
        const questions = batch.map((w) => w.question)
        const answers = await this.#ask(questions, false)
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
      const [answer] = await this.#ask([question], true)
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
      const key = this.#keyOf(one.question)
      if (batch.size < MOST && !batch.has(key)) batch.set(key, one)
      else left.push(one)
    }
    this.#waiting = left
    return [...batch.values()]
  }
}
