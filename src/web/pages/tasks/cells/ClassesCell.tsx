// Classes present, in schema order: a dot and the number of objects each; the first four, the rest counted.
import type { ClassCounts } from '../../../../model/annotation.ts'
import { formatNumber } from '../../../format.ts'
import classes from './cells.module.css'
import type { TableLook } from './look.ts'

const SHOWN = 4

/** Most objects first; ties in schema order. */
export function classList(
  counts: ClassCounts,
  look: TableLook,
): { id: number; name: string; color: string; count: number }[] {
  return Object.entries(counts)
    .map(([id, count]) => ({
      id: Number(id),
      count,
      name: look.class(Number(id))?.name ?? `#${id}`,
      color: look.class(Number(id))?.color ?? '#888888',
    }))
    .sort((a, b) => b.count - a.count || a.id - b.id)
}

export function ClassesCell({ counts, look }: { counts: ClassCounts; look: TableLook }) {
  const list = classList(counts, look)
  if (list.length === 0) return null
  return (
    <>
      {list.slice(0, SHOWN).map((c) => (
        <span
          key={c.id}
          className={classes.class}
          style={{ '--class-color': c.color } as React.CSSProperties}
          title={c.name}
        >
          {formatNumber(c.count)}
        </span>
      ))}
      {list.length > SHOWN && <span className={classes.quiet}>+{list.length - SHOWN}</span>}
    </>
  )
}
