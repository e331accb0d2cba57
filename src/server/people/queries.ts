// SQL of persons and organizations.
import { sql } from 'kysely'
import type { OrganizationRole } from '../../model/permission.ts'
import type { Queryable, Tx } from '../db/connect.ts'

export async function isAnyPersonThere(db: Queryable): Promise<boolean> {
  return (await db.selectFrom('person').select('id').limit(1).execute()).length > 0
}

/** Holds back other set-ups until this transaction ends. */
export async function lockPersons(tx: Tx): Promise<void> {
  await sql`lock table person in share row exclusive mode`.execute(tx)
}

/** Addresses are stored in lower case, so one mailbox is one account. */
export const normalEmail = (email: string): string => email.trim().toLowerCase()

/** The new person's id; null if the e-mail belongs to somebody. */
export async function insertPerson(
  tx: Queryable,
  person: { name: string; email: string; password_hash: string },
): Promise<number | null> {
  const row = await tx
    .insertInto('person')
    .values({ ...person, name: person.name.trim(), email: normalEmail(person.email) })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

export async function personByEmail(db: Queryable, email: string) {
  return db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'password_hash'])
    .where(sql`lower(email)`, '=', normalEmail(email))
    .executeTakeFirst()
}

export async function passwordHashOf(db: Queryable, person_id: number): Promise<string | null> {
  const row = await db.selectFrom('person').select('password_hash').where('id', '=', person_id).executeTakeFirst()
  return row?.password_hash ?? null
}

export async function updatePerson(
  db: Queryable,
  person_id: number,
  change: { name?: string; password_hash?: string },
): Promise<void> {
  await db.updateTable('person').set(change).where('id', '=', person_id).execute()
}

export async function insertOrganization(tx: Tx, name: string, owner_id: number): Promise<number> {
  const { id } = await tx
    .insertInto('organization')
    .values({ name: name.trim() })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('organization_member')
    .values({ organization_id: id, person_id: owner_id, role: 'owner' })
    .execute()
  return id
}

/** The person as a session shows them, with the organizations they belong to, by name. */
export async function personWithOrganizations(db: Queryable, person_id: number) {
  const person = await db
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .where('id', '=', person_id)
    .executeTakeFirst()
  const organizations = await db
    .selectFrom('organization_member as m')
    .innerJoin('organization as o', 'o.id', 'm.organization_id')
    .select(['o.id', 'o.name', 'm.role'])
    .where('m.person_id', '=', person_id)
    .orderBy('o.name')
    .orderBy('o.id')
    .execute()
  return {
    person: person ?? null,
    organizations: organizations as { id: number; name: string; role: OrganizationRole }[],
  }
}
