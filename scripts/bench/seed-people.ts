// People with API tokens, as many as a crowd needs, in four statements per role.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { ProjectRole } from '../../src/model/permission.ts'
import { array, ids } from '../../src/server/db/array.ts'
import type { Database } from '../../src/server/db/connect.ts'
import { hashOfSecret } from '../../src/server/people/secrets.ts'

export type Person = { id: number; token: string }

/** @returns for each wanted role its people, in order */
export async function insertPeople(
  db: Database,
  organization_id: number,
  project_id: number,
  wanted: readonly { role: ProjectRole; count: number }[],
): Promise<Person[][]> {
  const made: Person[][] = []
  for (const { role, count } of wanted) {
    const names = Array.from({ length: count }, (_, i) => `${role}-${String(i + 1).padStart(5, '0')}`)
    const { rows } = await sql<{ id: number }>`
      insert into person (email, name, password_hash) select n || '@example.org', n, 'none' from unnest(${array(names, 'text')}) n
      returning id`.execute(db)
    const people = rows.map(({ id }) => ({ id, token: `px_${randomUUID()}${randomUUID()}` }))
    const person_ids = ids(people.map((p) => p.id))
    await sql`insert into organization_member (organization_id, person_id, role) select ${organization_id}::int8, p, 'member' from unnest(${person_ids}) p`.execute(
      db,
    )
    await sql`insert into project_member (project_id, person_id, role) select ${project_id}::int8, p, ${role}::text from unnest(${person_ids}) p`.execute(
      db,
    )
    const hashes = array(
      people.map((p) => hashOfSecret(p.token)),
      'text',
    )
    await sql`insert into api_token (person_id, name, token_hash, prefix) select p, 'bench', h, 'px_bench' from unnest(${person_ids}, ${hashes}) as x(p, h)`.execute(
      db,
    )
    made.push(people)
  }
  return made
}

/** @returns the value of the cookie of a session of a day */
export async function signIn(db: Database, { id }: Person): Promise<string> {
  const secret = `${randomUUID()}${randomUUID()}`
  await sql`insert into session (token_hash, person_id, expires_at) values (${hashOfSecret(secret)}, ${id}, now() + interval '1 day')`.execute(
    db,
  )
  return secret
}
