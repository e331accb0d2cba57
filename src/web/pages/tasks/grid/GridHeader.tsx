// The header row: select all, titles, sort, edges.
// biome-ignore-all lint/a11y/useSemanticElements: the rows are virtual, so no table element fits; the roles say what they are
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys are on the grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells take the focus, one at a time
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { TASK_FIELDS, type TaskFieldName } from '../../../../model/task-fields.ts'
import { RIGHT_ALIGNED } from '../cells/TaskCell.tsx'
import type { ShownColumn, Side } from '../columns-state.ts'
import type { HeaderState } from '../selection-model.ts'
import classes from './grid.module.css'
import { type Cell, HEADER_ROW } from './grid-keys.ts'
import { useColumnDrag } from './use-column-drag.ts'

type Props = {
  scroller: RefObject<HTMLDivElement | null>
  columns: readonly ShownColumn[]
  active: Cell
  sort: string | undefined
  checked: HeaderState
  canSelect: boolean
  onCheck: () => void
  onSort: (name: TaskFieldName) => void
  onResize: (name: TaskFieldName, width: number | null) => void
  onMove: (name: TaskFieldName, side: Side, over: TaskFieldName) => void
  onColumnMenu: (menu: { name: TaskFieldName; at: DOMRect }) => void
}

export function GridHeader({
  scroller,
  columns,
  active,
  sort,
  checked,
  canSelect,
  onCheck,
  onSort,
  onResize,
  onMove,
  onColumnMenu,
}: Props) {
  const { t } = useTranslation()
  const press = (name: TaskFieldName) => TASK_FIELDS[name].sortable && onSort(name)
  const drag = useColumnDrag({ scroller, columns, canSelect, onResize, onMove, onPress: press })
  const tab = (col: number) => (active.row === HEADER_ROW && active.col === col ? 0 : -1)
  const lastFrozen = columns.findLast((c) => c.isFrozen)?.name
  return (
    <div role="row" aria-rowindex={1} className={classes.header} data-row={HEADER_ROW}>
      <div
        role="columnheader"
        aria-label={t('tasks.grid.select')}
        aria-colindex={1}
        className={`${classes.cell} ${classes.check}`}
        data-frozen
        style={{ width: 'var(--w-check)', left: 0 }}
        tabIndex={tab(0)}
        data-col={0}
        onClick={canSelect ? onCheck : undefined}
      >
        {canSelect && (
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t('tasks.grid.select_all')}
            checked={checked === 'all'}
            ref={(input) => {
              if (input) input.indeterminate = checked === 'some'
            }}
            readOnly
          />
        )}
      </div>
      {columns.map((column, i) => {
        const { name, isFrozen } = column
        const field = TASK_FIELDS[name]
        const direction = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : undefined
        return (
          <div
            key={name}
            role="columnheader"
            aria-colindex={i + 2}
            aria-sort={field.sortable ? (direction ?? 'none') : undefined}
            className={classes.cell}
            style={{ width: `var(--w-${name})`, left: isFrozen ? `var(--l-${name})` : undefined }}
            tabIndex={tab(i + 1)}
            data-col={i + 1}
            data-field={name}
            data-frozen={isFrozen || undefined}
            data-edge={name === lastFrozen || undefined}
            data-right={RIGHT_ALIGNED.has(name) || undefined}
            data-sortable={field.sortable || undefined}
            data-dragged={drag.dragged === name || undefined}
            data-drop={drag.drop?.name === name ? drag.drop.side : undefined}
            onPointerDown={(event) => drag.press(event, name)}
            onContextMenu={(event) => {
              event.preventDefault()
              onColumnMenu({ name, at: event.currentTarget.getBoundingClientRect() })
            }}
          >
            <span className={classes.title}>{field.title}</span>
            {direction === 'ascending' && <IconArrowUp size={12} aria-hidden style={{ flex: 'none' }} />}
            {direction === 'descending' && <IconArrowDown size={12} aria-hidden style={{ flex: 'none' }} />}
            <div
              className={classes.handle}
              aria-hidden
              data-active={drag.resized === name || undefined}
              onPointerDown={(event) => drag.resize(event, column)}
              onDoubleClick={() => onResize(name, null)}
            />
          </div>
        )
      })}
    </div>
  )
}
