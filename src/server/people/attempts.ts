// Slows down guessing: after some failures each further one doubles the wait. In memory, bounded.
import { Failure } from '../../model/failure.ts'

export type AttemptLimit = {
  /** Counts an attempt as failed until `succeeded`, so that parallel guesses are counted too. @throws Failure too_many_attempts */
  begin(key: string): void
  succeeded(key: string): void
  /** Takes back one counted attempt only: for keys that many people share. */
  forgive(key: string): void
}

/**
 * @param free failures without a wait; the next waits `first_wait_ms`, then twice as long each time, up to `longest_wait_ms`
 * @param size keys kept; the one idle longest goes first
 */
export function createAttemptLimit(
  options: { free: number; first_wait_ms: number; longest_wait_ms: number; size: number },
  now: () => number = Date.now,
): AttemptLimit {
  const entries = new Map<string, { failures: number; wait_until: number; at: number }>()
  return {
    begin(key) {
      const at = now()
      const found = entries.get(key)
      if (found && at < found.wait_until) {
        const seconds = Math.ceil((found.wait_until - at) / 1000)
        throw new Failure('too_many_attempts', `Too many attempts. Try again in ${seconds} s.`, {
          retry_after_s: seconds,
        })
      }
      // A key that was quiet for twice the longest wait starts anew.
      const failures = found && at - found.at < 2 * options.longest_wait_ms ? found.failures + 1 : 1
      const over = failures - options.free
      const wait = over < 0 ? 0 : Math.min(options.first_wait_ms * 2 ** Math.min(over, 30), options.longest_wait_ms)
      entries.delete(key)
      entries.set(key, { failures, wait_until: at + wait, at })
      if (entries.size > options.size) entries.delete(entries.keys().next().value as string)
    },
    succeeded(key) {
      entries.delete(key)
    },
    forgive(key) {
      const found = entries.get(key)
      if (found) found.failures -= 1
    },
  }
}

/** Five tries per address and account; then 2 s, 4 s … up to 15 minutes. */
const perAccount = createAttemptLimit({ free: 5, first_wait_ms: 2_000, longest_wait_ms: 900_000, size: 20_000 })
/**
 * One address that tries many accounts; it also keeps it from flushing the map above. A success takes back only its own
 * count, or an own account would buy more guesses. An office behind one address stays below.
 */
const perAddress = createAttemptLimit({ free: 100, first_wait_ms: 2_000, longest_wait_ms: 900_000, size: 20_000 })

/** @throws Failure too_many_attempts. Call the returned function when the password was right. */
export function beginPasswordAttempt(address: string, email: string): () => void {
  const account = `${address} ${email}`
  perAccount.begin(account)
  perAddress.begin(address)
  return () => {
    perAccount.succeeded(account)
    perAddress.forgive(address)
  }
}
