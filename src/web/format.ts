// How numbers, times and sizes are written, by the page's locale.
import * as duration from '../model/duration.ts'

const locale = () => globalThis.document?.documentElement.lang || 'en'
const formats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale() + JSON.stringify(options)
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale(), options)
  formats.set(key, made)
  return made
}

/** Making one takes as long as a thousand uses of it; a long list of moments would be felt. */
function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options)
  const known = dateFormats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale(), options)
  dateFormats.set(key, made)
  return made
}

/** `40,112` */
export const formatNumber = (n: number): string => numberFormat({}).format(n)

/** `1,204h 04m 09s` */
export const formatDuration = (ms: number): string => duration.formatDuration(ms, formatNumber)

/** A share 0…1 as `62%`; never 0% or 100% unless it is exactly that. */
export function formatShare(share: number): string {
  const shown = share > 0 && share < 0.01 ? 0.01 : share < 1 && share > 0.99 ? 0.99 : share
  return numberFormat({ style: 'percent', maximumFractionDigits: 0 }).format(shown)
}

/** `812 B`, `4.1 KB`, `1.2 GB` (powers of 1000). */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000
  return `${numberFormat({ maximumFractionDigits: unit === 0 || value >= 100 ? 0 : 1 }).format(value)} ${units[unit]}`
}

/** `now`, `5 min`, `3 h`, `3 d`, `4 mo`, `2 y` since a moment. */
export function formatAge(moment: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(moment)) / 1000)
  if (seconds < 60) return 'now'
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`
  const days = Math.floor(seconds / 86_400)
  if (days < 60) return `${formatNumber(days)} d`
  return days < 730 ? `${Math.floor(days / 30.44)} mo` : `${Math.floor(days / 365.25)} y`
}

/** The exact time, by locale: `24 Nov 2026, 18:45:02`. */
export const formatMoment = (moment: string): string =>
  dateFormat({ dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(moment))

/** `24 Nov 2026` */
export const formatDay = (moment: string): string => dateFormat({ dateStyle: 'medium' }).format(new Date(moment))

/** `18:45:02` */
export const formatTime = (moment: string): string => dateFormat({ timeStyle: 'medium' }).format(new Date(moment))
