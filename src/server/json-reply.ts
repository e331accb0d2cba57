// A reply whose largest list is written already: its items are put together as bytes instead of being written again.

const OPEN = Buffer.from('[')
const COMMA = Buffer.from(',')
const CLOSE = Buffer.from(']}')

/** Bytes that read as a `T`. */
export class Json<T> {
  readonly holds?: T
  readonly bytes: Buffer

  private constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  /** @param rest what else the reply holds, at least one field. @param items of the list `name`, each as JSON */
  static withList<T extends object>(rest: Partial<T>, name: keyof T & string, items: readonly Buffer[]): Json<T> {
    const head = Buffer.from(`${JSON.stringify(rest).slice(0, -1)},"${name}":`)
    const list = items.flatMap((item, i) => (i === 0 ? [item] : [COMMA, item]))
    return new Json<T>(Buffer.concat([head, OPEN, ...list, CLOSE]))
  }
}
