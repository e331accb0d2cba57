// What a click on a row of the list of objects selects: Shift takes the rows from the last one to this, Ctrl this one more or less.
type With = { readonly isRange: boolean; readonly isToggling: boolean }

/**
 * @param hidden  what a range leaves out: nobody sees it
 * @param last  the row that was chosen before, by its id; null or gone: what was selected last
 */
export function chooseRow(
  rows: readonly { readonly id: string }[],
  selection: readonly string[],
  last: string | null,
  id: string,
  { isRange, isToggling }: With,
  hidden: ReadonlySet<string>,
): readonly string[] {
  if (isRange) {
    const from = last !== null && selection.includes(last) ? last : selection.at(-1)
    const [a, b] = [rows.findIndex((row) => row.id === from), rows.findIndex((row) => row.id === id)]
    const ids = rows
      .slice(a < 0 ? b : Math.min(a, b), Math.max(a, b) + 1)
      .map((row) => row.id)
      .filter((other) => !hidden.has(other))
    const kept = isToggling ? selection : []
    // What was clicked is the one that was chosen last: it stays in sight.
    return [...new Set([...kept, ...ids].filter((other) => other !== id)), id]
  }
  if (!isToggling) return [id]
  const others = selection.filter((other) => other !== id)
  return others.length < selection.length ? others : [...others, id]
}
