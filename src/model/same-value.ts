/** Whether two JSON values say the same: the order of keys does not count, nor do the fields to be left out. */
export function isSameValue(a: unknown, b: unknown, leftOut?: ReadonlySet<string>): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSameValue(item, b[i], leftOut))
  if (Array.isArray(b)) return false
  // Without lists of keys: a save compares thousands of objects.
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>]
  let more = 0
  for (const key in x) {
    if (leftOut?.has(key)) continue
    if (!Object.hasOwn(y, key) || !isSameValue(x[key], y[key], leftOut)) return false
    more++
  }
  for (const key in y) if (!leftOut?.has(key)) more--
  return more === 0
}
