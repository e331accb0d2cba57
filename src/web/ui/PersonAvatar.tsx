// A person as initials on one of eight quiet colours, each at least 4.5:1 against white.
import classes from './badges.module.css'

const COLORS = ['#4a5fc9', '#0b7a70', '#a34a12', '#7a3fc0', '#b0305c', '#1c63c7', '#3d7a1f', '#5f6672'] as const

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = [...(words[0] ?? '')][0] ?? '?'
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toLocaleUpperCase()
}

type Props = { id: number; name: string; size?: number }

export function PersonAvatar({ id, name, size = 20 }: Props) {
  return (
    <span
      className={classes.avatar}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.45), background: COLORS[id % COLORS.length] }}
      data-initials={initialsOf(name)}
      aria-hidden
    />
  )
}

/** Avatar and name in one line. `text` stands in place of the name, e.g. with a count behind it. */
export function PersonName({ id, name, text = name }: { id: number; name: string; text?: string }) {
  return (
    <span className={classes.stage}>
      <PersonAvatar id={id} name={name} />
      <span className={classes.text}>{text}</span>
    </span>
  )
}
