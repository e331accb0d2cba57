// The order of the keys of a sort. Texts go by code point, which is what PostgreSQL's collation "C" means for UTF-8;
// JavaScript compares UTF-16 units, which puts 😀 before ﬁ.

export type OrderKey = string | number | null

/** Numbers, or texts. @returns below 0 if `a` comes first, 0 if equal */
function compareKeys(a: OrderKey, b: OrderKey): number {
  return typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : (a as number) - (b as number)
}

function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return inOrder(x) - inOrder(y)
  }
  return a.length - b.length
}

/** Lifts the halves of a code point beyond U+FFFF above the units that stand for themselves. */
const inOrder = (unit: number) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

/** Each key once, without null. */
export function distinctInOrder(keys: readonly OrderKey[]): OrderKey[] {
  return [...new Set(keys)].filter((key) => key !== null).sort(compareKeys)
}

/** @param keys distinct, in order. @returns the key's place, or half-way between its neighbours if it is not among them */
export function placeAmong(keys: readonly OrderKey[], key: OrderKey): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareKeys(keys[middle]!, key) < 0) low = middle + 1
    else high = middle
  }
  return keys[low] === key ? low : low - 0.5
}
