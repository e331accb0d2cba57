// live/: open pages hear what others change. Nothing is drawn here, and no page's own loading.
// This file: one stream that is kept open: connects again after a break, and meanwhile asks for a look every few seconds.
import type { LiveMessage } from '../../contract/live.ts'

type Options = {
  /** Opens a stream; @returns the way to close it */
  open: (hear: (data: string) => void, broken: () => void) => () => void
  onMessage: (message: LiveMessage) => void
  /** Something may have been missed: what is shown should be read anew. */
  onGap: () => void
}

/** Without a stream the page is read anew this often. */
export const POLL_MS = 5000
const RETRY_FIRST_MS = 1000
const RETRY_LAST_MS = 30_000
/** A tab that is hidden longer gives its stream back: a browser has six connections to a host, for all tabs together. */
export const HIDDEN_MS = 15_000

export class Connection {
  readonly #options: Options
  #close: (() => void) | null = null
  #isHidden = false
  /** Whether messages may have been missed. Not so at the first hello: the server tells the seconds before it. */
  #hasGap = false
  #attempts = 0
  #retry: ReturnType<typeof setTimeout> | null = null
  #poll: ReturnType<typeof setInterval> | null = null
  #hiding: ReturnType<typeof setTimeout> | null = null

  constructor(options: Options) {
    this.#options = options
  }

  start(): void {
    if (this.#close) return
    this.#close = this.#options.open(
      (data) => this.#hear(JSON.parse(data) as LiveMessage),
      () => this.#broken(),
    )
  }

  stop(): void {
    this.#drop()
    this.#stopPolling()
    if (this.#hiding) clearTimeout(this.#hiding)
    this.#hiding = null
  }

  /** The tab is looked at, or not. */
  setVisible(isVisible: boolean): void {
    this.#isHidden = !isVisible
    if (this.#hiding) clearTimeout(this.#hiding)
    this.#hiding = null
    if (isVisible) {
      if (!this.#close) {
        // A waiting retry is for nobody's sake now; a person is here.
        this.#clearRetry()
        this.start()
      }
    } else {
      this.#hiding = setTimeout(() => {
        this.#hasGap = true
        this.#drop()
        this.#stopPolling()
      }, HIDDEN_MS)
    }
  }

  #hear(message: LiveMessage): void {
    if (message.kind !== 'hello') {
      this.#options.onMessage(message)
      return
    }
    this.#attempts = 0
    this.#stopPolling()
    if (this.#hasGap) this.#options.onGap()
    this.#hasGap = false
  }

  #broken(): void {
    this.#drop()
    this.#hasGap = true
    // A hidden tab waits until somebody looks.
    if (this.#isHidden) return
    this.#poll ??= setInterval(() => {
      if (!this.#isHidden) this.#options.onGap()
    }, POLL_MS)
    const wait = Math.min(RETRY_FIRST_MS * 2 ** this.#attempts++, RETRY_LAST_MS)
    // Spread, so that a restarted server does not meet everybody at once.
    this.#retry = setTimeout(() => this.start(), wait * (0.5 + Math.random() / 2))
  }

  #drop(): void {
    this.#clearRetry()
    this.#close?.()
    this.#close = null
  }

  #clearRetry(): void {
    if (this.#retry) clearTimeout(this.#retry)
    this.#retry = null
  }

  #stopPolling(): void {
    if (this.#poll) clearInterval(this.#poll)
    this.#poll = null
  }
}
