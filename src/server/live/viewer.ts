// One open page: a stream of server-sent events to one person.
import { Readable } from 'node:stream'
import type { LiveMessage } from '../../contract/live.ts'

/** What may wait for a slow reader. Beyond that it is dropped: it connects again and reads its page anew. */
export const WAITING_BYTES_MAX = 64 * 1024
/** Who does not read to the end within this time has its connection cut. */
const LEAVE_MS = 5000
/** How long a browser waits before it connects again by itself. */
const RETRY_MS = 3000

export class Viewer {
  readonly person_id: number
  readonly stream = new Readable({ read() {} })
  /** Whether the session or token that opened the stream still stands for this person. */
  readonly isSignedIn: () => Promise<boolean>
  mayFollowOperations: boolean
  checkedAt = Date.now()
  #isEnded = false

  constructor(person_id: number, mayFollowOperations: boolean, isSignedIn: () => Promise<boolean>) {
    this.person_id = person_id
    this.mayFollowOperations = mayFollowOperations
    this.isSignedIn = isSignedIn
    // A reader that goes away is no error of ours.
    this.stream.on('error', () => {})
    this.#write(`retry: ${RETRY_MS}\n\n`)
  }

  send(message: LiveMessage): void {
    this.#write(`data: ${JSON.stringify(message)}\n\n`)
  }

  /** A comment: keeps proxies from closing a quiet connection, and finds out that the reader is gone. */
  ping(): void {
    this.#write(': ping\n\n')
  }

  end(): void {
    if (this.#isEnded || this.stream.destroyed) return
    this.#isEnded = true
    this.stream.push(null)
    setTimeout(() => this.stream.destroy(), LEAVE_MS).unref()
  }

  #write(text: string): void {
    if (this.#isEnded || this.stream.destroyed) return
    if (this.stream.readableLength + text.length > WAITING_BYTES_MAX) this.stream.destroy()
    else this.stream.push(text)
  }
}
