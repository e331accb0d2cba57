// A key or a sequence as the person presses it: `g t`, `$mod+k`, `?`.
import classes from './badges.module.css'

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
const SIGNS: Record<string, string> = {
  $mod: isMac ? '⌘' : 'Ctrl', Shift: isMac ? '⇧' : 'Shift', Alt: isMac ? '⌥' : 'Alt', Enter: '↵', Escape: 'Esc',
  ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Space: 'Space',
} // biome-ignore format: one list

/** Shown beside a name, never as the name: screen readers get it from the `?` sheet. @param keys in tinykeys' notation */
export function Keys({ keys, isHidden = true }: { keys: string; isHidden?: boolean }) {
  // A modifier in brackets is optional: the layout decides whether the sign needs it.
  const shown = keys
    .replace(/\[\w+\]\+/g, '')
    .split(' ')
    .flatMap((press) => press.split('+'))
  return (
    <span className={classes.kbd} aria-hidden={isHidden}>
      {shown.map((key, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sequence may repeat a key, and never changes
        <kbd key={i} className={classes.key}>
          {SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
        </kbd>
      ))}
    </span>
  )
}
