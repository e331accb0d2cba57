// Rows of the table as they were last read, each until a change of its task is seen: a page that was shown before, or
// that shares rows with one, costs the database nothing.

/** `json`: the row as a reply holds it. `people`: whose names it needs. `is_fleeting`: it changes without a word. */
export type KeptRow = { json: Buffer; people: readonly number[]; is_fleeting: boolean }

/** About a kilobyte each. */
const MOST = 20_000

export class KeptRows {
  /** Two generations: what is asked for again moves to the young one, and the old one goes as a whole. */
  #young = new Map<number, KeptRow>()
  #old = new Map<number, KeptRow>()
  /** What was forgotten while some rows were on their way: they may be older than that. */
  readonly #underWay = new Set<Set<number>>()

  /** These tasks changed. */
  forget(ids: Float64Array): void {
    for (const id of ids) {
      this.#young.delete(id)
      this.#old.delete(id)
      for (const forgotten of this.#underWay) forgotten.add(id)
    }
  }

  /** @param read by id, in any order. @returns in the order of the ids; without those that nobody knows */
  async of(
    ids: readonly number[],
    read: (ids: readonly number[]) => Promise<ReadonlyMap<number, KeptRow>>,
  ): Promise<KeptRow[]> {
    const found = new Map(ids.map((id) => [id, this.#known(id)]))
    const missing = ids.filter((id) => !found.get(id))
    if (missing.length > 0) for (const [id, row] of await this.#read(missing, read)) found.set(id, row)
    return ids.flatMap((id) => found.get(id) ?? [])
  }

  #known(id: number): KeptRow | undefined {
    const young = this.#young.get(id)
    if (young) return young
    const old = this.#old.get(id)
    if (old) this.#keep(id, old)
    return old
  }

  async #read(ids: readonly number[], read: Parameters<KeptRows['of']>[1]): Promise<ReadonlyMap<number, KeptRow>> {
    const forgotten = new Set<number>()
    this.#underWay.add(forgotten)
    try {
      const rows = await read(ids)
      for (const [id, row] of rows) if (!row.is_fleeting && !forgotten.has(id)) this.#keep(id, row)
      return rows
    } finally {
      this.#underWay.delete(forgotten)
    }
  }

  #keep(id: number, row: KeptRow): void {
    if (this.#young.size >= MOST / 2) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(id, row)
  }
}
