// A key press in the notation of the commands, and whether two notations mean the same press.

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const MODIFIERS = new Set(['Control', 'Meta', 'Alt', 'AltGraph', 'Shift', 'CapsLock', 'Dead', 'Unidentified'])
/** Digits choose classes, Space moves the image, and these leave a field or a dialog. */
const TAKEN = /^([0-9 ]|Escape|Tab|F\d+)$/

/** null: only a modifier so far. `taken`: a key that is no act's to have. */
export function keysOfPress(event: Press): string | 'taken' | null {
  const { key, shiftKey } = event
  if (MODIFIERS.has(key)) return null
  const hasMod = event.ctrlKey || event.metaKey
  if (event.altKey || (!hasMod && TAKEN.test(key))) return 'taken'
  const isLetter = /^\p{L}$/u.test(key)
  const isNamed = key.length > 1
  const name = isLetter ? (shiftKey ? key.toUpperCase() : key.toLowerCase()) : key
  // Whether a sign needs Shift is the keyboard's affair.
  const shift = !shiftKey ? '' : isLetter || isNamed ? 'Shift+' : '[Shift]+'
  return `${hasMod ? '$mod+' : ''}${shift}${name}`
}

const plain = (keys: string): string =>
  keys
    .replaceAll('[Shift]+', '')
    .replace(/^Shift\+(?=[^a-zA-Z]$)/, '')
    .toLowerCase()

export const isSamePress = (a: string, b: string): boolean => plain(a) === plain(b)

/** Of a sequence like `g t` the first press decides whether another key can be told from it. */
export const hinders = (a: string, b: string): boolean => {
  const [first = '', second = ''] = [a, b].map((keys) => keys.split(' ')[0] ?? '')
  return isSamePress(a, b) || (a.includes(' ') !== b.includes(' ') && isSamePress(first, second))
}

/** Which command that comes first has taken the key of another; null: none has. */
export function takenBy<C extends { keys?: string; comesFirst?: boolean }>(
  commands: readonly C[],
  keys: string,
): C | null {
  return commands.find((c) => c.comesFirst && c.keys && hinders(c.keys, keys)) ?? null
}

/** Those whose keys work here: what the page has is taken before what the frame has everywhere. */
export function reachable<C extends { keys?: string; group: string }>(commands: readonly C[]): C[] {
  const ofPage = commands.filter((c) => c.group === 'page')
  return commands.filter(
    ({ group, keys }) => group === 'page' || !ofPage.some((c) => c.keys && keys && hinders(c.keys, keys)),
  )
}
