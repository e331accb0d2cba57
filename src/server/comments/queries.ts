// SQL of comments.
import { sql } from 'kysely'
import { COMMENTS_MAX, type Comment, type Place } from '../../model/comment.ts'
import type { Queryable, Tx } from '../db/connect.ts'

/** The first comment of a thread, with the rest of it. */
export type ThreadRow = {
  id: number
  author_id: number
  place_x: number | null
  place_y: number | null
  object_id: string | null
  resolved_at: string | null
  resolved_by_id: number | null
  comments: Comment[]
}

const moment = (column: 'created_at' | 'edited_at') =>
  sql`to_char(${sql.ref(`c.${column}`)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Oldest first; in a thread too. @param thread_id null: all of them */
export async function threadsOf(
  db: Queryable,
  project_id: number,
  task_id: number,
  thread_id: number | null,
): Promise<ThreadRow[]> {
  const { rows } = await sql<ThreadRow>`
    select t.id, t.author_id, t.place_x, t.place_y, t.object_id, t.resolved_at, t.resolved_by_id, x.comments
    from comment t join (
      select coalesce(c.thread_id, c.id) as thread_id, jsonb_agg(jsonb_build_object('id', c.id, 'author_id', c.author_id, 'text', c.text,
        'created_at', ${moment('created_at')}, 'edited_at', ${moment('edited_at')}) order by c.id) as comments
      from comment c where c.project_id = ${project_id} and c.task_id = ${task_id}
        and (${thread_id}::int8 is null or c.id = ${thread_id}::int8 or c.thread_id = ${thread_id}::int8)
      group by 1) x on x.thread_id = t.id
    where t.project_id = ${project_id} and t.task_id = ${task_id} order by t.id`.execute(db)
  return rows
}

/** Who may resolve depends on these; the size is what a place must lie in. */
export async function commentedTask(db: Queryable, project_id: number, task_id: number) {
  const { rows } = await sql<{
    labelled_by_id: number | null
    assignee_id: number | null
    width: number
    height: number
  }>`
    select labelled_by_id, assignee_id, width, height from task where project_id = ${project_id} and id = ${task_id}`.execute(
    db,
  )
  return rows[0] ?? null
}

export type CommentRow = { id: number; thread_id: number | null; author_id: number; text: string | null }

/** The comment, after its thread was locked until the transaction ends: two changes of a thread come one after the other. */
export async function lockComment(tx: Tx, project_id: number, task_id: number, id: number): Promise<CommentRow | null> {
  await sql`
    select 1 from comment where project_id = ${project_id} and task_id = ${task_id}
      and id = (select coalesce(thread_id, id) from comment where project_id = ${project_id} and task_id = ${task_id} and id = ${id})
    for update`.execute(tx)
  const { rows } = await sql<CommentRow>`
    select id, thread_id, author_id, text from comment
    where project_id = ${project_id} and task_id = ${task_id} and id = ${id}`.execute(tx)
  return rows[0] ?? null
}

export type NewComment = {
  project_id: number
  task_id: number
  thread_id: number | null
  author_id: number
  text: string
  place: Place | null
  object_id: string | null
  key: string
}

/** @returns its id and its thread's; of the earlier one with the same key; null if the task has all the comments it may have */
export async function insertComment(tx: Tx, c: NewComment): Promise<{ id: number; thread_id: number } | null> {
  await sql`
    insert into comment (project_id, task_id, thread_id, author_id, text, place_x, place_y, object_id, key)
    select ${c.project_id}::int8, ${c.task_id}::int8, ${c.thread_id}::int8, ${c.author_id}::int8, ${c.text}::text, ${c.place?.x ?? null}::float8, ${c.place?.y ?? null}::float8,
      ${c.object_id}::text, ${c.key}::text
    where (select count(*) from comment where project_id = ${c.project_id} and task_id = ${c.task_id}) < ${COMMENTS_MAX}
    on conflict (project_id, task_id, author_id, key) do nothing`.execute(tx)
  const { rows } = await sql<{ id: number; thread_id: number }>`
    select id, coalesce(thread_id, id) as thread_id from comment
    where project_id = ${c.project_id} and task_id = ${c.task_id} and author_id = ${c.author_id} and key = ${c.key}`.execute(
    tx,
  )
  return rows[0] ?? null
}

export async function updateText(tx: Tx, project_id: number, task_id: number, id: number, text: string): Promise<void> {
  await sql`
    update comment set text = ${text}, edited_at = now()
    where project_id = ${project_id} and task_id = ${task_id} and id = ${id}`.execute(tx)
}

/** A first comment with replies stays without its text; with its last reply it goes for good. */
export async function removeComment(
  tx: Tx,
  project_id: number,
  task_id: number,
  { id, thread_id }: CommentRow,
): Promise<void> {
  const at = sql`project_id = ${project_id} and task_id = ${task_id}`
  const first = thread_id ?? id
  const hasReplies = sql`exists (select 1 from comment r where r.project_id = ${project_id} and r.task_id = ${task_id} and r.thread_id = ${first})`
  if (thread_id === null) await sql`update comment set text = null where ${at} and id = ${id}`.execute(tx)
  else await sql`delete from comment where ${at} and id = ${id}`.execute(tx)
  await sql`delete from comment where ${at} and id = ${first} and text is null and not ${hasReplies}`.execute(tx)
}

/** @returns false if it was so already */
export async function setResolved(
  tx: Tx,
  project_id: number,
  task_id: number,
  id: number,
  person_id: number | null,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update comment set resolved_by_id = ${person_id}::int8, resolved_at = case when ${person_id}::int8 is not null then now() end
    where project_id = ${project_id} and task_id = ${task_id} and id = ${id} and (resolved_at is null) = (${person_id}::int8 is not null)`.execute(
    tx,
  )
  return numAffectedRows === 1n
}
