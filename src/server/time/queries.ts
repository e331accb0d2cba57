// time/: the append-only ledger of active time.
import { sql } from 'kysely'
import type { Queryable, Tx } from '../db/connect.ts'
import { runPrepared } from '../db/prepared.ts'

/**
 * Until when this person's time is accounted for, on any task, ms since epoch; the row is locked so that two tabs take turns.
 * null if they never reported any.
 */
export async function lockClock(tx: Tx, person_id: number): Promise<number | null> {
  await runPrepared(
    tx,
    'begin_clock',
    sql`insert into person_clock (person_id, last_accepted_at) values (${person_id}, 'epoch') on conflict do nothing`,
  )
  const [clock] = await runPrepared(
    tx,
    'lock_clock',
    sql<{
      last_accepted_at: string
    }>`select last_accepted_at from person_clock where person_id = ${person_id} for update`,
  )
  const at = Date.parse(clock?.last_accepted_at ?? '')
  return at > 0 ? at : null
}

export async function setClock(tx: Tx, person_id: number, at: number): Promise<void> {
  const until = new Date(at).toISOString()
  await runPrepared(
    tx,
    'set_clock',
    sql`update person_clock set last_accepted_at = ${until} where person_id = ${person_id}`,
  )
}

export type TimeEntry = {
  project_id: number
  task_id: number
  person_id: number
  stage_id: number
  kind: 'annotation' | 'review'
  session_id: string
  sequence: number
  ms: number
  at: string
}

/** Which sequence numbers of a session are not in the ledger yet. */
export async function newSequences(
  tx: Tx,
  at: { project_id: number; task_id: number; session_id: string },
  sequences: readonly number[],
): Promise<Set<number>> {
  const statement = sql<{ sequence: number }>`
    select sequence from time_entry where project_id = ${at.project_id} and task_id = ${at.task_id} and session_id = ${at.session_id}
      and sequence = any(cast(cast(${`{${sequences.join(',')}}`} as text) as int4[]))`
  const known = new Set((await runPrepared(tx, 'known_sequences', statement)).map((r) => r.sequence))
  return new Set(sequences.filter((s) => !known.has(s)))
}

export async function insertEntry(tx: Tx, e: TimeEntry): Promise<void> {
  const statement = sql`
    insert into time_entry (project_id, task_id, person_id, stage_id, kind, session_id, sequence, ms, at)
    values (${e.project_id}, ${e.task_id}, ${e.person_id}, ${e.stage_id}, ${e.kind}, ${e.session_id}, ${e.sequence}, ${e.ms}, ${e.at})`
  await runPrepared(tx, 'insert_time_entry', statement)
}

/** Time that counts (after the last reset), by person and stage. */
export async function timeByPerson(db: Queryable, project_id: number, task_id: number) {
  const { rows } = await sql<{
    person_id: number
    person_name: string
    stage_id: number
    kind: 'annotation' | 'review'
    ms: number
  }>`
    select e.person_id, coalesce(p.name, '') as person_name, e.stage_id, e.kind, sum(e.ms)::int8 as ms
    from time_entry e join task t on t.project_id = e.project_id and t.id = e.task_id and e.id > t.duration_floor
    left join person p on p.id = e.person_id
    where e.project_id = ${project_id} and e.task_id = ${task_id}
    group by e.person_id, p.name, e.stage_id, e.kind having sum(e.ms) > 0 order by sum(e.ms) desc`.execute(db)
  return rows
}
