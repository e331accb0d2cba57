// The server's side of the index's thread: asks, and hands over bytes without copying them.
import { Worker } from 'node:worker_threads'
import type { Answered, Question, Questions } from './messages.ts'

type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void }

export class IndexThread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #next = 1
  #ended: Error | null = null

  /** @param onEnd the thread is gone, and everything it held */
  constructor(onEnd: (error: Error) => void) {
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './columns-worker.js'
    this.#worker = new Worker(new URL(file, import.meta.url))
    this.#worker.on('message', (answered: Answered) => this.#take(answered))
    this.#worker.on('error', (error) => this.#end(error as Error, onEnd))
    this.#worker.on('exit', () => this.#end(new Error('the thread of the column index has ended'), onEnd))
    this.#worker.unref()
  }

  /** @throws Error if the question failed, or the thread is gone */
  ask<Q extends Question>(project_id: number, question: Q, input: Questions[Q][0]): Promise<Questions[Q][1]> {
    if (this.#ended) return Promise.reject(this.#ended)
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
      this.#worker.postMessage({ id, project_id, question, input }, buffersIn(input))
    })
  }

  /** Lets go of a project. */
  forget(project_id: number): void {
    this.ask(project_id, 'drop', {}).catch(() => {})
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }

  #take(answered: Answered): void {
    const waiting = this.#waiting.get(answered.id)
    this.#waiting.delete(answered.id)
    if ('error' in answered) waiting?.reject(new Error(answered.error))
    else waiting?.resolve(answered.answer)
  }

  #end(error: Error, onEnd: (error: Error) => void): void {
    if (this.#ended) return
    this.#ended = error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
    onEnd(error)
  }
}

/** The memory of rows on their way: it changes hands. */
function buffersIn(input: object): ArrayBuffer[] {
  if (!('rows' in input)) return []
  const { ids, columns } = input.rows as Questions['insert'][0]['rows']
  const parts = [ids, ...Object.values(columns).flatMap(({ bytes, lowered }) => (lowered ? [bytes, lowered] : [bytes]))]
  return parts.map((part) => part.buffer as ArrayBuffer)
}
