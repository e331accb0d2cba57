// Slows down guessing: after some failures each further one doubles the wait. In memory, bounded.
import { Failure } from '../../model/failure.ts'

export type AttemptLimit = {
  /** @throws Failure too_many_attempts while this key has to wait */
  check(key: string): void
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
  const check = (key: string) => {
    const wait_ms = (entries.get(key)?.wait_until ?? 0) - now()
    if (wait_ms <= 0) return
    const seconds = Math.ceil(wait_ms / 1000)
    throw new Failure('too_many_attempts', `Too many attempts. Try again in ${seconds} s.`, { retry_after_s: seconds })
  }
  return {
    check,
    begin(key) {
      check(key)
      const at = now()
      const found = entries.get(key)
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

/** Kept of each kind: some megabytes at most. */
const KEYS = 20_000

/**
 * The limits of passwords. Each guess costs the server a hash, and each may be the right one.
 * @returns what begins an attempt of an address at an account; that throws Failure too_many_attempts, and returns what is
 *   to be called when the password was right
 */
export function createPasswordLimits(now: () => number = Date.now): (address: string, email: string) => () => void {
  const limit = (free: number, first_wait_ms: number, longest_wait_ms: number) =>
    createAttemptLimit({ free, first_wait_ms, longest_wait_ms, size: KEYS }, now)
  /** Five tries per address and account; then 2 s, 4 s … up to 15 minutes. */
  const perAccount = limit(5, 2_000, 900_000)
  /**
   * One address that tries many accounts; it also keeps it from flushing the map above. A success takes back only its own
   * count, or an own account would buy more guesses. An office behind one address stays below.
   */
  const perAddress = limit(100, 2_000, 900_000)
  /**
   * Many addresses that try one account: one guess in ten seconds then, for all of them together. It never grows into a
   * lock, and an address from which the person signed in before has no part in it: no stranger can shut them out there.
   */
  const fromAnywhere = limit(50, 1_000, 10_000)
  const familiar = new Set<string>()

  return (address, email) => {
    const network = networkOf(address)
    const account = `${network} ${email}`
    const isFamiliar = familiar.has(account)
    const counted: [AttemptLimit, string][] = [
      [perAccount, account],
      [perAddress, network],
      ...(isFamiliar ? [] : [[fromAnywhere, email] satisfies [AttemptLimit, string]]),
    ]
    // An attempt that one limit refuses counts for none.
    for (const [one, key] of counted) one.check(key)
    for (const [one, key] of counted) one.begin(key)
    return () => {
      perAccount.succeeded(account)
      perAddress.forgive(network)
      if (!isFamiliar) fromAnywhere.forgive(email)
      familiar.delete(account)
      familiar.add(account)
      if (familiar.size > KEYS) familiar.delete(familiar.keys().next().value as string)
    }
  }
}

/** Whoever has one IPv6 address has 2^64 of them: the first half tells networks apart. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const after = tail === undefined ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length)
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...after].slice(0, 4).join(':')
}

export const beginPasswordAttempt = createPasswordLimits()
