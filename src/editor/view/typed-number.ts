// What a field for a number means while it is typed in, and what it shows.

/** undefined: nothing; null: no number yet, as a minus alone. */
export function typedNumber(text: string | number): number | undefined | null {
  if (text === '') return undefined
  const number = Number(text)
  // `-0` is on its way to `-0.5`.
  return Number.isFinite(number) ? number + 0 : null
}

/** What is typed (`-`, `1.`, `2.0`), as long as it can mean the value: with another image that is another one. */
export function shownNumber(typed: string | null, value: unknown): string | number {
  const number = typed === null ? null : typedNumber(typed)
  if (typed !== null && (number === null || number === value)) return typed
  return typeof value === 'number' ? value : ''
}
