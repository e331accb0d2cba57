// How values come back, the same from both databases: int8 and numeric as numbers, moments as ISO 8601 in UTC.
export const OID = { bytea: 17, int8: 20, numeric: 1700, timestamptz: 1184, timestamp: 1114 } as const

export const PARSERS: Record<number, (text: string) => unknown> = {
  [OID.bytea]: bytesOfHex,
  [OID.int8]: Number,
  [OID.numeric]: Number,
  [OID.timestamptz]: isoMoment,
}

/** `2026-11-24 18:34:43.67+00` → `2026-11-24T18:34:43.670Z`. Sessions run with TimeZone UTC. */
function isoMoment(text: string): string {
  return momentOfJson(`${text.replace(' ', 'T')}:00`)
}

/**
 * A moment as PostgreSQL writes it in JSON, `2026-11-24T18:34:43.67+00:00`, the same way. By hand where it is that plain,
 * since a page of tasks has some 500 of them: reading and writing a Date takes ten times as long.
 */
export function momentOfJson(text: string): string {
  if (text.length >= 25 && text.length <= 29 && text[10] === 'T' && text.endsWith('+00:00'))
    return `${text.slice(0, 19)}.${text.slice(20, -6).padEnd(3, '0')}Z`
  return new Date(text).toISOString()
}

/** `\\x00ff` → bytes with memory of their own, so that they can go to another thread without a copy. */
function bytesOfHex(text: string): Uint8Array {
  const bytes = Buffer.from(new ArrayBuffer((text.length - 2) / 2))
  bytes.write(text.slice(2), 'hex')
  return new Uint8Array(bytes.buffer)
}
