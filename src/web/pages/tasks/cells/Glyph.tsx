// cells/: what stands in a cell, column by column. Few DOM nodes: thirty rows of them are alive at once.
// This file: an icon as one node.
import type { StageKind } from '../../../../model/workflow.ts'
import classes from './glyphs.module.css'

type Props = {
  name: StageKind | 'returned' | 'skipped' | 'open' | 'lock' | 'history' | 'archived'
  color?: string
  label?: string
}

export function Glyph({ name, color, label }: Props) {
  const style = color ? { color } : undefined
  const named = label
    ? ({ role: 'img', 'aria-label': label, title: label } as const)
    : ({ 'aria-hidden': true } as const)
  return <span className={`${classes.glyph} ${classes[name]}`} style={style} {...named} />
}
