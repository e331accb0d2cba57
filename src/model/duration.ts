// Active time. The client reports increments; the server believes at most the wall time that has passed.

/** Longest increment a client may send at once; it sends one every 10 s. */
export const INCREMENT_MAX_MS = 60_000

/**
 * What of reported increments counts: together never more than the wall time since this person's previous
 * accepted increment on any task, so two tabs never count twice and no client can invent time.
 * @param reported  active milliseconds of each increment, in order
 * @param now       server time, ms since epoch
 * @param lastAcceptedAt  when this person's previous increment was accepted; null if never
 * @param openedAt  when this editing session began
 * @returns accepted milliseconds of each
 */
export function acceptIncrements(
  reported: readonly number[],
  now: number,
  lastAcceptedAt: number | null,
  openedAt: number,
): number[] {
  let budget = Math.max(0, now - Math.max(lastAcceptedAt ?? openedAt, openedAt))
  return reported.map((ms) => {
    const accepted = Math.max(0, Math.min(Math.round(ms), budget))
    budget -= accepted
    return accepted
  })
}

/** `1h 04m 09s`; `–` for none. Below an hour the hours are left out, below a minute the minutes. */
export function formatDuration(ms: number): string {
  const total = Math.floor(ms / 1000)
  if (total <= 0) return '–'
  const [h, m, s] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  if (h > 0) return `${h}h ${two(m)}m ${two(s)}s`
  if (m > 0) return `${m}m ${two(s)}s`
  return `${s}s`
}
