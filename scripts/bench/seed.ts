// scripts/bench/: measures the whole server beside plain SQL on the same database in the same run.
// What is not here: the time of one part alone. This file: the world that a run works in.
import { sql } from 'kysely'
import type { Database } from '../../src/server/db/connect.ts'
import { insertPeople, type Person, signIn } from './seed-people.ts'
import { type Crowd, insertProject, insertTasks, type SeededTasks } from './seed-tasks.ts'

export type Seeded = SeededTasks & {
  /** Sees and changes everything in the main project. */
  manager: Person
  /** A signed-in browser of the manager: the value of its cookie. */
  session: string
  /** The others: who look and save while the manager changes. */
  colleague: Person
  labelers: Person[]
  reviewers: Person[]
  /** Members without any task: each of them claims once. */
  claimers: Person[]
}

/** Other projects, so that the tables and their indexes are not this project's alone. */
const NEIGHBOURS = 20
/** A hundredth of the main project each: 10,000 beside a million, and a small run stays small. */
const NEIGHBOUR_SHARE = 100

export type SeedSize = { tasks: number; claimers: number }

/**
 * One project of `tasks` tasks with three events each and objects on 30 %, and twenty small ones beside it.
 * @param is_embedded one connection; a server gets two, one for each core
 */
export async function seed(db: Database, { tasks, claimers }: SeedSize, is_embedded: boolean): Promise<Seeded> {
  const organization = await db
    .insertInto('organization')
    .values({ name: 'Bench' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const main = await insertProject(db, organization.id, 'Street scenes')
  const people = await insertPeople(db, organization.id, main, [
    { role: 'manager', count: 2 },
    { role: 'reviewer', count: 40 },
    { role: 'labeler', count: 200 + claimers },
  ])
  const [managers, reviewers, labelers] = people as [Person[], Person[], Person[]]
  const crowd: Crowd = {
    labeler_ids: labelers.slice(0, 200).map((p) => p.id),
    reviewer_ids: reviewers.map((p) => p.id),
  }
  const session = await signIn(db, managers[0] as Person)
  const seeded = await insertTasks(db, main, tasks, crowd, is_embedded)
  for (let n = 1; n <= NEIGHBOURS; n++) {
    const neighbour = await insertProject(db, organization.id, `Neighbour ${n}`)
    await insertTasks(db, neighbour, Math.ceil(tasks / NEIGHBOUR_SHARE), crowd, is_embedded)
  }
  // What autovacuum would do within the minute; the embedded database has none.
  await sql.raw(is_embedded ? 'analyze' : 'vacuum (analyze)').execute(db)
  if (!is_embedded) await sql`checkpoint`.execute(db).catch(() => {})
  const [manager, colleague] = managers as [Person, Person]
  return {
    session,
    ...seeded,
    manager,
    colleague,
    reviewers,
    labelers: labelers.slice(0, 200),
    claimers: labelers.slice(200),
  }
}
