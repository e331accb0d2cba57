// Who calls: from the session's cookie or from `Authorization: Bearer px_…`.
import type { Database } from '../db/connect.ts'
import type { Caller } from '../handler.ts'
import { hashOfSecret } from './secrets.ts'
import { personOfSession, personOfToken, touchSession, touchToken } from './session-queries.ts'

export const TOKEN_MARK = 'px_'
/** Longer texts are no secrets of ours; they are not even hashed. */
const LONGEST_SECRET = 200

/**
 * @param credentials `bearer`: the text after "Bearer ". If it is there it alone counts: a wrong token
 *   never falls back to a cookie, so a script learns that its token is gone.
 * @returns null when nobody is signed in
 */
export async function identify(
  db: Database,
  credentials: { session_token: string | null; bearer: string | null },
): Promise<Caller | null> {
  const { session_token, bearer } = credentials
  if (bearer !== null) {
    if (!bearer.startsWith(TOKEN_MARK) || bearer.length > LONGEST_SECRET) return null
    const hash = hashOfSecret(bearer)
    const found = await personOfToken(db, hash)
    if (!found) return null
    if (found.is_due) await touchToken(db, hash)
    return { person_id: found.person_id, name: found.name, email: found.email, kind: 'token' }
  }
  if (session_token === null || session_token === '' || session_token.length > LONGEST_SECRET) return null
  const hash = hashOfSecret(session_token)
  const found = await personOfSession(db, hash)
  if (!found) return null
  if (found.is_due) await touchSession(db, hash)
  return { person_id: found.person_id, name: found.name, email: found.email, kind: 'person' }
}
