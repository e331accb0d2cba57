// One row. It renders again only when its task, its selection or its active cell changes.
// biome-ignore-all lint/a11y/useSemanticElements: the rows are virtual, so no table element fits; the roles say what they are
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells take the focus, one at a time
import { memo } from 'react'
import type { Task } from '../../../../contract/tasks.ts'
import { formatNumber } from '../../../format.ts'
import cells from '../cells/cells.module.css'
import glyphs from '../cells/glyphs.module.css'
import type { TableLook } from '../cells/look.ts'
import { DRAW, FREE_TEXT, isLow, OF_PARTS, RIGHT_ALIGNED, tipOf, titleOf } from '../cells/TaskCell.tsx'
import type { ShownColumn } from '../columns-state.ts'
import classes from './grid.module.css'

type Props = {
  index: number
  top: number
  /** undefined while it is loading */
  task: Task | undefined
  columns: readonly ShownColumn[]
  look: TableLook
  isSelected: boolean
  isOpen: boolean
  isGone: boolean
  canSelect: boolean
  /** Column of the active cell; −1 if it is in another row. */
  activeCol: number
}

export const GridRow = memo(function GridRow({
  index,
  top,
  task,
  columns,
  look,
  isSelected,
  isOpen,
  isGone,
  canSelect,
  activeCol,
}: Props) {
  const lastFrozen = columns.findLast((c) => c.isFrozen)?.name
  const { t } = look
  return (
    <div
      role="row"
      className={classes.row}
      style={{ top }}
      aria-rowindex={index + 2}
      aria-selected={canSelect ? isSelected : undefined}
      aria-busy={!task || undefined}
      data-row={index}
      data-open={isOpen || undefined}
      data-gone={isGone || undefined}
      title={isGone ? t('tasks.grid.gone') : undefined}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        className={`${classes.cell} ${classes.check}`}
        data-frozen
        style={{ width: 'var(--w-check)', left: 0 }}
        tabIndex={activeCol === 0 ? 0 : -1}
        data-col={0}
      >
        {canSelect && task && (
          <input
            type="checkbox"
            tabIndex={-1}
            readOnly
            checked={isSelected}
            aria-label={t('tasks.grid.select_row', { name: task.name })}
          />
        )}
      </div>
      {columns.map(({ name, isFrozen }, i) => (
        <div
          key={name}
          role="gridcell"
          aria-colindex={i + 2}
          className={OF_PARTS.has(name) ? `${classes.cell} ${classes.parts}` : classes.cell}
          title={task && titleOf(name, task, look)}
          style={{ width: `var(--w-${name})`, left: isFrozen ? `var(--l-${name})` : undefined }}
          tabIndex={activeCol === i + 1 ? 0 : -1}
          data-col={i + 1}
          data-frozen={isFrozen || undefined}
          data-edge={name === lastFrozen || undefined}
          data-right={RIGHT_ALIGNED.has(name) || undefined}
          data-name={name === 'name' || undefined}
          dir={FREE_TEXT.has(name) ? 'auto' : undefined}
          data-low={(task && isLow(name, task)) || undefined}
          data-tip={task ? tipOf(name) : undefined}
        >
          {!task ? null : name === 'history' ? (
            <HistoryButton task={task} isOpen={isOpen} look={look} />
          ) : (
            DRAW[name](task, look)
          )}
        </div>
      ))}
    </div>
  )
})

function HistoryButton({ task, isOpen, look }: { task: Task; isOpen: boolean; look: TableLook }) {
  const count = task.event_count - task.history_floor
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`${cells.history} ${glyphs.history}`}
      data-act="history"
      aria-expanded={isOpen}
      aria-label={look.t('tasks.grid.history', { name: task.name, count })}
    >
      {formatNumber(count)}
    </button>
  )
}
