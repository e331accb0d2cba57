// Lines of CSV as RFC 4180 has them, with texts that a spreadsheet would run as a formula made harmless.
import { stringify } from 'csv-stringify/sync'
import type { CsvValue } from './csv-columns.ts'

/** What spreadsheets read as the beginning of a formula (OWASP, CSV injection), in full width too. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/
const NUMBER = /^[+-]?\d+(\.\d+)?$/

/** A leading apostrophe makes a cell text. What reads as a number stays one. */
export function harmless(value: CsvValue): string | number | null {
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  return typeof value === 'string' && FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value
}

/** No byte order mark: every reader that names the encoding does without, and some take it for a part of the first title. */
export function csvLines(lines: readonly (readonly CsvValue[])[]): string {
  return stringify(
    lines.map((line) => line.map(harmless)),
    // Beside the delimiters: a lone CR or LF must not end the line.
    { record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  )
}
