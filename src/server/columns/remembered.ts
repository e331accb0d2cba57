// Answers that are kept until a column changes that they were made of.
import type { FilterFieldName } from '../../model/task-fields.ts'
import type { Table } from './table.ts'

type Known<V> = { columns: readonly FilterFieldName[]; versions: readonly number[]; table: number; value: V }

export class Remembered<V> {
  readonly #table: Table
  readonly #most: number
  readonly #known = new Map<string, Known<V>>()

  constructor(table: Table, most: number) {
    this.#table = table
    this.#most = most
  }

  /** @param key null: nothing is remembered of it */
  get(key: string | null): V | undefined {
    const known = key === null ? undefined : this.#known.get(key)
    if (!known || known.table !== this.#table.version) return undefined
    const isCurrent = known.columns.every((name, i) => this.#table.versionOf(name) === known.versions[i])
    return isCurrent ? known.value : undefined
  }

  /** @returns the value */
  set(key: string | null, columns: readonly FilterFieldName[], value: V): V {
    if (key === null) return value
    const versions = columns.map((name) => this.#table.versionOf(name))
    this.#known.delete(key)
    this.#known.set(key, { columns, versions, table: this.#table.version, value })
    if (this.#known.size > this.#most) this.#known.delete(this.#known.keys().next().value as string)
    return value
  }
}
