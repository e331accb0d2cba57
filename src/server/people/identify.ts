// Who calls: from the session's cookie or from `Authorization: Bearer px_…`.
import type { Database } from '../db/connect.ts'
import { Together } from '../db/together.ts'
import type { App, Caller } from '../handler.ts'
import {
  type CallerQuestion,
  callersOfSessions,
  callersOfTokens,
  type FoundCaller,
  type SeenProject,
} from './caller-queries.ts'
import { hashOfSecret } from './secrets.ts'
import { touchSession, touchToken } from './session-queries.ts'

export const TOKEN_MARK = 'px_'
/** Longer texts are no secrets of ours; they are not even hashed. */
const LONGEST_SECRET = 200

/** `bearer`: the text after "Bearer ". */
export type Credentials = { session_token: string | null; bearer: string | null }
/** Who calls; `seen` is what they find of the project they named, if any. */
export type Identified = { caller: Caller; seen: SeenProject | null }

/** Requests that come at the same time ask together who calls. */
export class Callers {
  readonly ofSessions: Together<CallerQuestion, FoundCaller | null>
  readonly ofTokens: Together<CallerQuestion, FoundCaller | null>

  constructor(db: Database) {
    this.ofSessions = new Together((questions) => callersOfSessions(db, questions))
    this.ofTokens = new Together((questions) => callersOfTokens(db, questions))
  }
}

/**
 * @param credentials If a bearer is there it alone counts: a wrong token never falls back to a cookie, so a script
 *   learns that its token is gone.
 * @param project_id the project that the call is about; null for none
 * @returns null when nobody is signed in
 */
export async function identify(
  { db, callers }: Pick<App, 'db' | 'callers'>,
  { session_token, bearer }: Credentials,
  project_id: number | null,
): Promise<Identified | null> {
  if (bearer !== null && !bearer.startsWith(TOKEN_MARK)) return null
  const secret = bearer ?? session_token
  if (secret === null || secret === '' || secret.length > LONGEST_SECRET) return null
  const secret_hash = hashOfSecret(secret)
  const [ask, touch] = bearer === null ? [callers.ofSessions, touchSession] : [callers.ofTokens, touchToken]
  const found = await ask.next({ secret_hash, project_id })
  if (!found) return null
  if (found.is_due) await touch(db, secret_hash)
  const { person_id, name, email, seen } = found
  return { caller: { person_id, name, email, kind: bearer === null ? 'person' : 'token' }, seen }
}
