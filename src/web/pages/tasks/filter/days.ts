// Local days and the moments where they begin and end. Pure.

/** A day as `2026-11-24` to its first or last millisecond; null if it is no day. */
export const dayStart = (day: string): string | null => momentOf(`${day}T00:00:00`)
export const dayEnd = (day: string): string | null => momentOf(`${day}T23:59:59.999`)

function momentOf(local: string): string | null {
  const at = new Date(local)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** `2026-11-24` of a moment, in local time. */
export function localDay(moment: string | number): string {
  const at = new Date(moment)
  const two = (n: number) => String(n).padStart(2, '0')
  return Number.isNaN(at.getTime()) ? '' : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

export const isDayStart = (moment: string): boolean => isSame(moment, dayStart(localDay(moment)))
export const isDayEnd = (moment: string): boolean => isSame(moment, dayEnd(localDay(moment)))
const isSame = (a: string, b: string | null): boolean => b !== null && Date.parse(a) === Date.parse(b)

/** A moment of the day before one that begins, and of the day after one that ends. */
export const dayBefore = (start: string): string => shifted(start, -1)
export const dayAfter = (end: string): string => shifted(end, 1)
const shifted = (moment: string, ms: number) => new Date(Date.parse(moment) + ms).toISOString()
