// The first account. While nobody exists, each start makes a one-time token that main.ts prints within a link;
// only its hash is kept, and only in this process.
import { Failure } from '../../model/failure.ts'
import type { Database } from '../db/connect.ts'
import { isAnyPersonThere } from './queries.ts'
import { hashOfSecret, isSameHash, newSecret } from './secrets.ts'

const tokenHashes = new WeakMap<Database, string>()

/** A new set-up token, valid until the next call or until it is used; null when the owner's account exists. */
export async function createSetupToken(db: Database): Promise<string | null> {
  if (await isAnyPersonThere(db)) return null
  const token = newSecret()
  tokenHashes.set(db, hashOfSecret(token))
  return token
}

/** @throws Failure already_exists when set-up is over, link_expired when the token is not the latest one */
export async function checkSetupToken(db: Database, token: string): Promise<void> {
  const expected = tokenHashes.get(db)
  if (expected !== undefined && isSameHash(hashOfSecret(token), expected)) return
  if (await isAnyPersonThere(db)) throw setupIsOver()
  throw new Failure(
    'link_expired',
    'This set-up link is not the latest one. Use the link that the server printed when it started.',
  )
}

export function forgetSetupToken(db: Database): void {
  tokenHashes.delete(db)
}

export const setupIsOver = () =>
  new Failure('already_exists', 'The owner’s account exists already. Sign in, or ask an owner for an invitation.')
