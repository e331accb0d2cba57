// Passwords: argon2id with OWASP's parameters (19 MiB, 2 passes, 1 lane), computed off the main thread.
import { hash, verify } from '@node-rs/argon2'

/** 2 is argon2id; the package's enum is `const`, which type stripping cannot read. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS)

let dummy: Promise<string> | null = null

/**
 * Whether a password fits a stored hash.
 * @param stored null for an unknown person: the same work is done, so time does not tell who has an account
 */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword('a password that nobody has')
  const fits = await verify(stored ?? (await dummy), password)
  return stored !== null && fits
}
