// Random secrets. The database keeps their SHA-256 only, so a stolen copy of it signs nobody in.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits as 43 URL-safe characters. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** SHA-256 as 64 hex digits. A fast hash is right here: 256 random bits cannot be guessed, unlike a password. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Compares two hashes without telling by its time where they differ. */
export const isSameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
