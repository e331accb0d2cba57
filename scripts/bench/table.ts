// Lines as a table on the terminal, and numbers as people read them.
import type { Line } from './measure.ts'

const TITLES = ['work', 'clients', 'p50', 'p95', 'per second', 'floor', 'ratio', 'limit', '', 'note']

export function table(lines: readonly Line[]): string {
  const rows = [TITLES, ...lines.map(cells)]
  const widths = TITLES.map((_, i) => Math.max(...rows.map((r) => (r[i] as string).length)))
  const isText = (i: number) => i === 0 || i >= 8
  return rows
    .map((r) =>
      r
        .map((c, i) => (isText(i) ? c.padEnd(widths[i] as number) : c.padStart(widths[i] as number)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export function cells(l: Line): string[] {
  const middle = l.value === null ? ms(l.p50_ms) : `${number(l.value)} ${l.unit}`
  return [
    l.work,
    l.clients === null ? '–' : String(l.clients),
    middle,
    ms(l.p95_ms),
    l.per_second === null ? '–' : number(l.per_second),
    ms(l.floor_ms),
    l.ratio === null ? '–' : number(l.ratio),
    limitText(l),
    l.ok === null ? '' : l.ok ? 'ok' : 'MISSED',
    l.note ?? '',
  ]
}

function limitText(l: Line): string {
  const parts = [
    ...(l.limit_ms === null ? [] : [`≤ ${ms(l.limit_ms)}`]),
    ...(l.limit_per_second === null ? [] : [`≥ ${number(l.limit_per_second)}/s`]),
    ...(l.limit_value === null ? [] : [`≤ ${number(l.limit_value)} ${l.unit ?? ''}`.trimEnd()]),
  ]
  return parts.join('; ') || '–'
}

/** 12.3 ms, 4.56 s. */
export function ms(value: number | null): string {
  if (value === null) return '–'
  return value < 1000 ? `${number(value)} ms` : `${(value / 1000).toFixed(value < 10_000 ? 2 : 1)} s`
}

/** Three digits that count. */
export function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}
