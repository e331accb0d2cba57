// Run lengths as COCO writes them: pixels column by column, from top to bottom; counts of background, foreground,
// background, …; the first may be 0. As text in COCO's compressed form (maskApi.c, rleToString), which pycocotools reads.

/** Where a column is covered: from row `from` up to, not including, row `to`. */
export type Span = { readonly x: number; readonly from: number; readonly to: number }

/** Letters of one count; seven hold 31 bits and the sign. */
const MOST_LETTERS = 7

/** From the third count on, the difference to the count before the last is written: in 5 bits a letter, smallest first. */
export function countsText(counts: readonly number[]): string {
  const letters = new Uint8Array(counts.length * MOST_LETTERS)
  let length = 0
  for (let i = 0; i < counts.length; i++) {
    let rest = (counts[i] as number) - (i > 2 ? (counts[i - 2] as number) : 0)
    for (let isMore = true; isMore; ) {
      const bits = rest & 0x1f
      rest >>= 5
      isMore = bits & 0x10 ? rest !== -1 : rest !== 0
      letters[length++] = 48 + (isMore ? bits | 0x20 : bits)
    }
  }
  let text = ''
  // A call takes only so many arguments.
  for (let at = 0; at < length; at += 8192)
    text += String.fromCharCode(...letters.subarray(at, Math.min(length, at + 8192)))
  return text
}

/** The counts of a text; null if it is none: wrong letters, cut off, or counts that are negative or too large. */
export function countsOf(text: string): number[] | null {
  const counts: number[] = []
  for (let at = 0; at < text.length; ) {
    let [value, weight, letters] = [0, 1, 0]
    for (let isMore = true; isMore; ) {
      const bits = text.charCodeAt(at++) - 48
      // NaN at the end of the text fails this too.
      if (!(bits >= 0 && bits < 64) || ++letters > MOST_LETTERS) return null
      value += (bits & 0x1f) * weight
      weight *= 32
      isMore = (bits & 0x20) !== 0
      if (!isMore && bits & 0x10) value -= weight
    }
    if (counts.length > 2) value += counts[counts.length - 2] as number
    if (value < 0 || value > 0x7fffffff) return null
    counts.push(value)
  }
  return counts
}

/** The covered parts of each column, in the order of the counts. */
export function* spansOf(counts: readonly number[], height: number): Generator<Span> {
  let at = 0
  for (const [i, count] of counts.entries()) {
    const end = at + count
    if (i % 2 === 0) {
      at = end
      continue
    }
    while (at < end) {
      const x = Math.floor(at / height)
      const from = at - x * height
      const to = Math.min(height, from + end - at)
      yield { x, from, to }
      at += to - from
    }
  }
}

/** Spans in order, those that follow each other without a gap as one. */
export function* joinedSpans(spans: Iterable<Span>): Generator<Span> {
  let last: Span | undefined
  for (const span of spans) {
    if (last?.x === span.x && last.to === span.from) last = { x: span.x, from: last.from, to: span.to }
    else {
      if (last) yield last
      last = span
    }
  }
  if (last) yield last
}

/** The counts of spans that are in order and do not overlap, in an image of this size. */
export function countsOfSpans(spans: Iterable<Span>, size: { width: number; height: number }): number[] {
  const counts: number[] = []
  let covered = 0
  let at = 0
  for (const { x, from, to } of spans) {
    const start = x * size.height + from
    if (start > at || counts.length === 0) {
      if (counts.length > 0) counts.push(covered)
      counts.push(start - at)
      covered = 0
    }
    covered += to - from
    at = x * size.height + to
  }
  if (counts.length > 0) counts.push(covered)
  const rest = size.width * size.height - at
  if (rest > 0) counts.push(rest)
  return counts
}
