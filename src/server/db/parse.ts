// How values come back, the same from both databases: int8 and numeric as numbers, moments as ISO 8601 in UTC.
export const OID = { int8: 20, numeric: 1700, timestamptz: 1184, timestamp: 1114 } as const

export const PARSERS: Record<number, (text: string) => unknown> = {
  [OID.int8]: Number,
  [OID.numeric]: Number,
  [OID.timestamptz]: isoMoment,
}

/** `2026-11-24 18:34:43.67+00` → `2026-11-24T18:34:43.670Z`. Sessions run with TimeZone UTC. */
function isoMoment(text: string): string {
  return new Date(`${text.replace(' ', 'T').replace(/[+-]\d\d$/, '')}Z`).toISOString()
}
