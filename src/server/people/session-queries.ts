// SQL of sessions and API tokens, which are written only now and then. Who calls with one: caller-queries.ts.
import { sql } from 'kysely'
import type { Queryable } from '../db/connect.ts'

/** A session ends this long after it was last seen. 30 days. */
export const SESSION_MS = 30 * 24 * 3600 * 1000

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
