// The report as a table: on the terminal, and in docs/performance.md.
import { number } from '../table.ts'
import type { EditorLine } from './line.ts'

const TITLES = [
  'work',
  'objects',
  'frame p50',
  'frame p95',
  'floor p50',
  'floor p95',
  'own script p50',
  'time',
  'limit',
  '',
  'note',
]

export function editorTable(lines: readonly EditorLine[]): string {
  const rows = lines.map(cells)
  const widths = TITLES.map((title, i) => Math.max(3, title.length, ...rows.map((r) => (r[i] as string).length)))
  const text = (row: readonly string[]) => `| ${row.map((c, i) => c.padEnd(widths[i] as number)).join(' | ')} |`
  return [text(TITLES), text(widths.map((w) => '-'.repeat(w))), ...rows.map(text)].join('\n')
}

const ms = (value: number | null): string => (value === null ? '–' : `${number(value)} ms`)

function cells(l: EditorLine): string[] {
  const isSize = l.work.endsWith('KB')
  const plain = (value: number | null) => (value === null ? '–' : isSize ? `${number(value)} KB` : ms(value))
  return [
    l.work,
    l.objects === 0 ? '–' : l.objects.toLocaleString('en'),
    ms(l.frame_p50_ms),
    ms(l.frame_p95_ms),
    ms(l.floor_p50_ms),
    ms(l.floor_p95_ms),
    ms(l.js_p50_ms),
    plain(l.ms),
    l.limit === null ? '–' : `≤ ${plain(l.limit)}`,
    l.ok === null ? '' : l.ok ? 'ok' : '**no**',
    l.note.replaceAll('|', '\\|'),
  ]
}
