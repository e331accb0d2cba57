// time/: the append-only ledger of active time.
import { sql } from 'kysely'
import { array } from '../db/array.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import { prepared, runSequence, type Statement } from '../db/sequence.ts'

/** What is known before time is accepted. */
export type Known = {
  /** What the session is called in the ledger. */
  ledgerSession: string
  /** Its sequence numbers that are there. */
  sequences: Set<number>
  /** When the session that holds the task began, in its person's last opening of it; null if there was none. */
  openedAt: string | null
  /** Until when the person's time is accounted for, on any task, ms since epoch; null if they never reported any. */
  accountedUntil: number | null
}

type OfSession = { project_id: number; task_id: number; session_id: string }

/**
 * A program may name all its sessions alike, and count from one again each time. So the ledger has the session with the person's
 * opening of the task that it belongs to (`name.number of the event`): what is sent again within one counts once.
 */
const ledgerSessionOf = (at: OfSession, person_id: number) =>
  sql`${at.session_id}::text || '.' || coalesce(${lastOpening('number', at, person_id)}, 0)`

const lastOpening = (column: 'number' | 'at', at: OfSession, person_id: number) => sql`(
  select ${sql.ref(`e.${column}`)} from task_event e where e.project_id = ${at.project_id} and e.task_id = ${at.task_id}
    and e.kind = 'opened' and e.actor_id = ${person_id} order by e.number desc limit 1)`

/** The person's clock is locked, so that two tabs take turns. */
export async function readKnown(
  tx: Tx,
  at: OfSession,
  person_id: number,
  sequences: readonly number[],
): Promise<Known> {
  const ofTask = sql`project_id = ${at.project_id} and task_id = ${at.task_id}`
  const ledgerSession = ledgerSessionOf(at, person_id)
  const [entries, [session], , [clock]] = await runSequence(tx, [
    prepared(
      'known_sequences',
      sql<{ sequence: number }>`select sequence from time_entry
        where ${ofTask} and session_id = ${ledgerSession} and sequence = any(${array(sequences, 'int4')})`,
    ),
    prepared(
      'reporting_session',
      // A lease that ran out stands until the next one, which goes on from it where the session's name is the same.
      sql<{ name: string; opened_at: string | null }>`
        select ${ledgerSession} as name, greatest(${lastOpening('at', at, person_id)},
          (select opened_at from task_lease where ${ofTask} and session_id = ${at.session_id})) as opened_at`,
    ),
    prepared(
      'begin_clock',
      sql`insert into person_clock (person_id, last_accepted_at) values (${person_id}, 'epoch') on conflict do nothing`,
    ),
    prepared(
      'lock_clock',
      sql<{ at: string }>`select last_accepted_at as at from person_clock where person_id = ${person_id} for update`,
    ),
  ])
  const until = Date.parse(clock?.at ?? '')
  return {
    ledgerSession: session?.name as string,
    sequences: new Set(entries.map((e) => e.sequence)),
    openedAt: session?.opened_at ?? null,
    accountedUntil: until > 0 ? until : null,
  }
}

export type TimeEntry = {
  project_id: number
  task_id: number
  person_id: number
  stage_id: number
  kind: 'annotation' | 'review'
  /** As `Known.ledgerSession`. */
  session_id: string
  sequence: number
  ms: number
  at: string
}

/** @param clock until when that person's time is accounted for now, ms since epoch; null: as before */
export async function writeTime(
  tx: Tx,
  entries: readonly TimeEntry[],
  clock: { person_id: number; until: number } | null,
): Promise<void> {
  await runSequence(tx, [...entries.map(newEntry), ...(clock ? [clockAt(clock)] : [])])
}

const clockAt = ({ person_id, until }: { person_id: number; until: number }): Statement =>
  prepared(
    'set_clock',
    sql`update person_clock set last_accepted_at = ${new Date(until).toISOString()} where person_id = ${person_id}`,
  )

const newEntry = (e: TimeEntry): Statement =>
  prepared(
    'insert_time_entry',
    sql`
      insert into time_entry (project_id, task_id, person_id, stage_id, kind, session_id, sequence, ms, at)
      values (${e.project_id}, ${e.task_id}, ${e.person_id}, ${e.stage_id}, ${e.kind}, ${e.session_id}, ${e.sequence}, ${e.ms}, ${e.at})`,
  )

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
