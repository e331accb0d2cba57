// SQL of sessions and API tokens: one SELECT per request, a write only now and then.
import { sql } from 'kysely'
import type { Queryable } from '../db/connect.ts'

/** A session ends this long after it was last seen. 30 days. */
export const SESSION_MS = 30 * 24 * 3600 * 1000

type FoundPerson = { person_id: number; name: string; email: string; is_due: boolean }

/** The person of a live session; `is_due` when its last sight is older than an hour. */
export async function personOfSession(db: Queryable, token_hash: string): Promise<FoundPerson | undefined> {
  return db
    .selectFrom('session as s')
    .innerJoin('person as p', 'p.id', 's.person_id')
    .select([
      'p.id as person_id',
      'p.name',
      'p.email',
      sql<boolean>`s.last_seen_at < now() - interval '1 hour'`.as('is_due'),
    ])
    .where('s.token_hash', '=', token_hash)
    .where('s.expires_at', '>', sql<string>`now()`)
    .executeTakeFirst()
}

/** The person of an API token; `is_due` when its last use was written more than a minute ago. */
export async function personOfToken(db: Queryable, token_hash: string): Promise<FoundPerson | undefined> {
  return db
    .selectFrom('api_token as t')
    .innerJoin('person as p', 'p.id', 't.person_id')
    .select([
      'p.id as person_id',
      'p.name',
      'p.email',
      sql<boolean>`coalesce(t.last_used_at < now() - interval '1 minute', true)`.as('is_due'),
    ])
    .where('t.token_hash', '=', token_hash)
    .executeTakeFirst()
}

export async function touchSession(db: Queryable, token_hash: string): Promise<void> {
  await db
    .updateTable('session')
    .set({ last_seen_at: sql`now()`, expires_at: sql`now() + ${SESSION_MS} * interval '1 millisecond'` })
    .where('token_hash', '=', token_hash)
    .execute()
}

export async function touchToken(db: Queryable, token_hash: string): Promise<void> {
  await db.updateTable('api_token').set({ last_used_at: sql`now()` }).where('token_hash', '=', token_hash).execute()
}

/** Also drops this person's sessions that have run out. */
export async function insertSession(
  db: Queryable,
  session: { token_hash: string; person_id: number; user_agent: string; expires_at: string },
): Promise<void> {
  await db
    .deleteFrom('session')
    .where('person_id', '=', session.person_id)
    .where('expires_at', '<', sql<string>`now()`)
    .execute()
  await db.insertInto('session').values(session).execute()
}

export async function deleteSession(db: Queryable, token_hash: string): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', token_hash).execute()
}

/** @param kept_hash the session that stays; null ends all */
export async function deleteSessionsExcept(db: Queryable, person_id: number, kept_hash: string | null): Promise<void> {
  await db
    .deleteFrom('session')
    .where('person_id', '=', person_id)
    .$if(kept_hash !== null, (q) => q.where('token_hash', '<>', kept_hash as string))
    .execute()
}

const TOKEN_COLUMNS = ['id', 'name', 'prefix', 'created_at', 'last_used_at'] as const

export async function tokensOf(db: Queryable, person_id: number) {
  return db
    .selectFrom('api_token')
    .select(TOKEN_COLUMNS)
    .where('person_id', '=', person_id)
    .orderBy('id', 'desc')
    .execute()
}

export async function insertToken(
  db: Queryable,
  token: { person_id: number; name: string; token_hash: string; prefix: string },
) {
  return db.insertInto('api_token').values(token).returning(TOKEN_COLUMNS).executeTakeFirstOrThrow()
}

/** Whether this person had such a token. */
export async function deleteToken(db: Queryable, person_id: number, id: number): Promise<boolean> {
  const rows = await db
    .deleteFrom('api_token')
    .where('person_id', '=', person_id)
    .where('id', '=', id)
    .returning('id')
    .execute()
  return rows.length > 0
}
