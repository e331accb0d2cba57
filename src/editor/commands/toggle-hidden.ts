// Hides and shows objects on the canvas. It belongs to the view: the document does not know it, undo does not either.

/** The ids shown again if all of them are hidden, else all of them hidden. */
export function toggleHidden(hidden: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const result = new Set(hidden)
  const isHiding = ids.some((id) => !hidden.has(id))
  for (const id of ids) {
    if (isHiding) result.add(id)
    else result.delete(id)
  }
  return result
}
