// What reading costs as plain SQL on the tables as they are: no cache, no index beside them. Also what the right answer is.
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../src/server/db/connect.ts'
import { type Combination, whereOf } from './combinations.ts'
import { median } from './measure.ts'

/** `answer`: ids of a page in their order, or a total; null if this database cannot say it in plain SQL. */
export type ReadFloor<A> = { ms: number; answer: A } | null

/** Quick ones are run again: below this a single time is mostly noise. */
const QUICK_MS = 40
const REPEATS = 5

async function floorOf<A>(run: () => Promise<A>): Promise<ReadFloor<A>> {
  const times: number[] = []
  let answer: A
  try {
    do {
      const start = performance.now()
      answer = await run()
      times.push(performance.now() - start)
    } while (times.length < REPEATS && median(times) < QUICK_MS)
  } catch (error) {
    process.stderr.write(`floor: ${String((error as Error).message)}\n`)
    return null
  }
  return { ms: median(times), answer }
}

/** @param offset row that the page begins at */
export const pageFloor = (db: Database, project_id: number, combination: Combination, offset = 0) =>
  floorOf(async () => {
    const direction = sql.raw(combination.sort && !combination.sort.descending ? 'asc' : 'desc')
    const key = combination.sort?.key ?? sql`t.id`
    const { rows } = await sql<{ id: number }>`
      select t.* from (
        select x.id, row_number() over () as place from (
          select t.id from task t ${combination.sort?.join ?? sql``} where ${whereOf(project_id, combination)}
          order by ${orderOf(key, combination, direction)} limit 100 offset ${offset}) x) page
      join task t on t.project_id = ${project_id} and t.id = page.id order by page.place`.execute(db)
    return rows.map((r) => r.id)
  })

/** `nulls last` on a column that has none would keep the planner from its index. */
function orderOf(key: RawBuilder<unknown>, { sort }: Combination, direction: RawBuilder<unknown>) {
  if (!sort || /^-?id$/.test(sort.name)) return sql`t.id ${direction}`
  if (/^-?name$/.test(sort.name)) return sql`t.name ${direction}, t.id ${direction}`
  return sql`${key} ${direction} nulls last, t.id ${direction}`
}

export const totalFloor = (db: Database, project_id: number, combination: Combination) =>
  floorOf(async () => {
    const { rows } = await sql<{ total: number }>`
      select count(*) as total from task t where ${whereOf(project_id, combination)}`.execute(db)
    return rows[0]?.total ?? 0
  })

/** All six columns' counts in one scan. @returns how many choices there are */
export const facetsFloor = (db: Database, project_id: number, combination: Combination) =>
  floorOf(async () => {
    const { rows } = await sql`
      select t.stage_id, t.assignee_id, t.split, t.batch_id, t.priority, t.is_skipped, count(*) as total from task t
      where ${whereOf(project_id, combination)}
      group by grouping sets (t.stage_id, t.assignee_id, t.split, t.batch_id, t.priority, t.is_skipped)`.execute(db)
    return rows.length
  })

/** The whole table read once, so that the first query measured does not pay for what the seeding left behind. */
export async function warmUp(db: Database, project_id: number): Promise<void> {
  await sql`select sum(length(t.*::text)) from task t where t.project_id = ${project_id}`.execute(db)
}
