// For tests: reads CSV as RFC 4180 defines it, and nothing looser.

/** @throws Error where a line ends with anything but CRLF, or a quote stands where none may */
export function parseCsv(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  const cell = /"((?:[^"]|"")*)"(,|\r\n)|([^",\r\n]*)(,|\r\n)/y
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex
    const found = cell.exec(text)
    if (!found) throw new Error(`not CSV at ${at}: ${JSON.stringify(text.slice(at, at + 60))}`)
    const [, quoted, afterQuoted, bare, afterBare] = found
    line.push(quoted === undefined ? (bare as string) : quoted.replaceAll('""', '"'))
    if ((afterQuoted ?? afterBare) === ',') continue
    lines.push(line)
    line = []
  }
  if (line.length > 0) throw new Error('the last line does not end')
  return lines
}
