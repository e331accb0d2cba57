// A duration as a person types it: `1h 30m`, `45s`, `2h`; a bare number is minutes. Pure.

const UNIT_MS: Record<string, number> = { h: 3_600_000, m: 60_000, min: 60_000, s: 1000 }

/** Milliseconds; null if it cannot be read. */
export function parseDuration(text: string): number | null {
  const typed = text.trim().toLowerCase().replace(',', '.')
  if (/^\d+(\.\d+)?$/.test(typed)) return Math.round(Number(typed) * 60_000)
  const part = /(\d+(?:\.\d+)?)\s*(h|min|m|s)\s*/y
  let total = 0
  while (part.lastIndex < typed.length) {
    const found = part.exec(typed)
    if (!found) return null
    total += Number(found[1]) * (UNIT_MS[found[2] as string] as number)
  }
  return typed === '' ? null : Math.round(total)
}
