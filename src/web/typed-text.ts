// What is typed into a search box whose text stands in the address: sent when the typing rests, followed when it changes
// from elsewhere. Without React, see use-typed-text.ts.

type Options = {
  /** The text in the address. */
  value: string
  restMs: number
  /** Draws the text in the box. */
  show: (text: string) => void
}

export class TypedText {
  readonly #options: Options
  #text: string
  /** The last known value of the address, or what is on its way there. */
  #value: string
  /** Sent, and not yet seen in the address: it may come there after the next one was sent. */
  #underWay: string[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Replaced with each drawing: what it changes may have changed otherwise while somebody typed. */
  onSend: (text: string) => void = () => {}

  constructor(options: Options) {
    this.#options = options
    this.#text = options.value
    this.#value = options.value
  }

  type(text: string): void {
    this.#text = text
    this.#options.show(text)
    this.stop()
    this.#timer = setTimeout(() => this.send(), this.#options.restMs)
  }

  /** Now, without waiting for a rest. Spaces at the ends stay in the box and are not sent. */
  send(): void {
    this.stop()
    const text = this.#text.trim()
    if (text === this.#value) return
    this.#value = text
    this.#underWay.push(text)
    this.onSend(text)
  }

  /** The address says this now. A change from elsewhere (a chip cleared, the back button) wins over what stands here. */
  follow(value: string): void {
    const own = this.#underWay.indexOf(value)
    this.#underWay.splice(0, own < 0 ? Number.POSITIVE_INFINITY : own + 1)
    if (own >= 0 || value === this.#value) return
    this.stop()
    this.#value = value
    this.#text = value
    this.#options.show(value)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
