// The names of people that lists show, remembered for a moment: a hundred clients that look at the same people ask once.
import type { Queryable } from '../db/connect.ts'
import { namesOfPeople } from '../tasks/queries.ts'

/** How soon a name that another server process changed is seen here. */
const FRESH_MS = 2000
const MOST = 20_000

export class KnownNames {
  readonly #db: Queryable
  readonly #names = new Map<number, { id: number; name: string; until: number }>()

  constructor(db: Queryable) {
    this.#db = db
  }

  /** @param personIds may repeat */
  async of(personIds: readonly number[]): Promise<{ id: number; name: string }[]> {
    const wanted = [...new Set(personIds)]
    const now = Date.now()
    if (this.#names.size > MOST) this.#names.clear()
    const unknown = wanted.filter((id) => (this.#names.get(id)?.until ?? 0) < now)
    for (const person of await namesOfPeople(this.#db, unknown))
      this.#names.set(person.id, { ...person, until: now + FRESH_MS })
    return wanted.flatMap((id) => {
      const known = this.#names.get(id)
      return known ? { id, name: known.name } : []
    })
  }

  /** The person changed their name. */
  forget(person_id: number): void {
    this.#names.delete(person_id)
  }
}
