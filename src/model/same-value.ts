/** Whether two JSON values say the same: the order of keys does not count, nor do the fields to be left out. */
export function isSameValue(a: unknown, b: unknown, leftOut?: ReadonlySet<string>): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keysOf = (value: object) =>
    leftOut ? Object.keys(value).filter((key) => !leftOut.has(key)) : Object.keys(value)
  const keys = keysOf(a)
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>]
  return keys.length === keysOf(b).length && keys.every((key) => key in y && isSameValue(x[key], y[key], leftOut))
}
