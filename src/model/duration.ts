// Active time. The client reports increments; the server believes at most the wall time that has passed.

/** Longest increment a client may send at once; it sends one every 10 s. */
export const INCREMENT_MAX_MS = 60_000

/**
 * How far a report's moment may lie before the last one's and still be of the same clock: two tabs report at once and take turns,
 * and servers' clocks differ a little.
 */
export const CLOCK_TOLERANCE_MS = 60_000

/** Moments are ms since epoch. */
export type Reported = {
  /** Active milliseconds of each increment, in order. */
  ms: readonly number[]
  /** Server time. */
  now: number
  /** Where the reported time ends: at the last input. */
  until: number
  /** Where the time that this person reported before ended, on any task; null if there is none. */
  accountedUntil: number | null
  /** When this editing session began. */
  openedAt: number
}

/**
 * What of reported time counts: together never more than the wall time between the end of what this person reported
 * before and the end of this, so two tabs never count twice and no client can invent time. What lies between the last input
 * and the report is still open: if the next input comes in time, the next report has it.
 * A server whose clock was set back (by more than CLOCK_TOLERANCE_MS) does not know that wall time. It believes one increment of
 * the longest, and knows from then on.
 * @returns accepted milliseconds of each, and until when this person's time is accounted for
 */
export function acceptIncrements({ ms, now, until, accountedUntil, openedAt }: Reported) {
  const isAhead = (moment: number) => moment > now + CLOCK_TOLERANCE_MS
  const isSetBack = isAhead(accountedUntil ?? openedAt)
  const opened = isAhead(openedAt) ? 0 : openedAt
  const end = Math.min(until, now)
  let budget = isSetBack ? INCREMENT_MAX_MS : Math.max(0, end - Math.max(accountedUntil ?? opened, opened))
  const accepted = ms.map((reported) => {
    const taken = Math.max(0, Math.min(Math.round(reported), budget))
    budget -= taken
    return taken
  })
  const sum = accepted.reduce((a, b) => a + b, 0)
  return { accepted, sum, accountedUntil: sum > 0 ? end : accountedUntil }
}

/** `1h 04m 09s`; `–` for none. Below an hour the hours are left out, below a minute the minutes. `hours` writes their number. */
export function formatDuration(ms: number, hours: (n: number) => string = String): string {
  const total = Math.floor(ms / 1000)
  if (total <= 0) return '–'
  const [h, m, s] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  if (h > 0) return `${hours(h)}h ${two(m)}m ${two(s)}s`
  if (m > 0) return `${m}m ${two(s)}s`
  return `${s}s`
}
