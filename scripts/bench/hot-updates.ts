// How many updates of tasks touched no index, as PostgreSQL counts them.
import pg from 'pg'

type Counted = { updates: number; hot: number }

/** A backend tells its counts at most every second, an idle one within ten. */
const PATIENCE_MS = 15_000

/** @returns null embedded: only the server process may look into its database */
export async function hotUpdates(database_url: string | null) {
  if (!database_url) return null
  const client = new pg.Client({ connectionString: database_url })
  await client.connect()
  const read = async (): Promise<Counted> => {
    const { rows } = await client.query(
      `select n_tup_upd::float8 as updates, n_tup_hot_upd::float8 as hot from pg_stat_user_tables where relname = 'task'`,
    )
    return rows[0]
  }
  return {
    read,
    /** @param expected updates that must have been counted @returns percent */
    async shareSince(before: Counted, expected: number): Promise<number> {
      const start = performance.now()
      let now = await read()
      while (now.updates - before.updates < expected && performance.now() - start < PATIENCE_MS) {
        await new Promise((resolve) => setTimeout(resolve, 500))
        now = await read()
      }
      return (100 * (now.hot - before.hot)) / (now.updates - before.updates)
    },
    close: () => client.end(),
  }
}
