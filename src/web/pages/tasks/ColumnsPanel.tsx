// The panel of the columns button: which columns, in which order, and how tall the rows are.
import { Button, Checkbox, ScrollArea, SegmentedControl, Text } from '@mantine/core'
import { IconGripVertical } from '@tabler/icons-react'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TASK_FIELDS, type TaskFieldName } from '../../../model/task-fields.ts'
import classes from './columns.module.css'
import {
  type ColumnsState,
  DEFAULT_COLUMNS,
  DENSITIES,
  type Density,
  FROZEN,
  isHideable,
  isMovable,
  moved,
  withShown,
} from './columns-state.ts'

type Props = { state: ColumnsState; onChange: (state: ColumnsState) => void }

export default function ColumnsPanel({ state, onChange }: Props) {
  const { t } = useTranslation()
  const names = [...FROZEN, ...state.order.filter(isMovable)]
  return (
    <>
      <Text size="xs" c="dimmed" mb={4}>
        {t('tasks.columns.density')}
      </Text>
      <SegmentedControl
        fullWidth
        aria-label={t('tasks.columns.density')}
        value={state.density}
        onChange={(density) => onChange({ ...state, density: density as Density })}
        data={DENSITIES.map((value) => ({ value, label: t(`tasks.columns.${value}`) }))}
      />
      <Text size="xs" c="dimmed" mt={12} mb={2}>
        {t('tasks.columns.hint')}
      </Text>
      <ScrollArea.Autosize mah={360} type="auto" scrollbarSize={8} viewportProps={{ tabIndex: -1 }}>
        <ColumnRows names={names} state={state} onChange={onChange} />
      </ScrollArea.Autosize>
      <Button
        variant="subtle"
        color="gray"
        mt={8}
        fullWidth
        onClick={() => onChange({ ...DEFAULT_COLUMNS, density: state.density })}
      >
        {t('tasks.columns.reset')}
      </Button>
    </>
  )
}

function ColumnRows({ names, state, onChange }: Props & { names: readonly TaskFieldName[] }) {
  const { t } = useTranslation()
  const [dragged, setDragged] = useState<TaskFieldName | null>(null)
  const nextOf = (name: TaskFieldName, by: number) => names[names.indexOf(name) + by] ?? null

  const onKeyDown = (event: KeyboardEvent, name: TaskFieldName) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || !isMovable(name)) return
    event.preventDefault()
    event.stopPropagation()
    const before = event.key === 'ArrowUp' ? nextOf(name, -1) : nextOf(name, 2)
    if (event.key === 'ArrowDown' ? nextOf(name, 1) !== null : before !== null && isMovable(before))
      onChange(moved(state, name, before))
  }
  const onDrag = (event: PointerEvent<HTMLElement>, name: TaskFieldName) => {
    if (!dragged) return
    const row = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-column]')
    const over = row?.dataset.column as TaskFieldName | undefined
    if (!over || over === name || !isMovable(over)) return
    onChange(moved(state, name, names.indexOf(over) > names.indexOf(name) ? nextOf(over, 1) : over))
  }
  return names.map((name) => (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key comes up from the checkbox in the row
    <div
      key={name}
      className={classes.row}
      data-column={name}
      data-dragged={dragged === name || undefined}
      onKeyDown={(event) => onKeyDown(event, name)}
    >
      <Checkbox
        className={classes.check}
        checked={!state.hidden.includes(name) || !isHideable(name)}
        disabled={!isHideable(name)}
        label={TASK_FIELDS[name].title}
        onChange={(event) => onChange(withShown(state, name, event.currentTarget.checked))}
      />
      {isMovable(name) && (
        <span
          className={classes.grip}
          title={t('tasks.columns.move', { title: TASK_FIELDS[name].title })}
          aria-hidden
          onPointerDown={(event) => {
            event.preventDefault()
            event.currentTarget.setPointerCapture(event.pointerId)
            setDragged(name)
          }}
          onPointerMove={(event) => onDrag(event, name)}
          onPointerUp={() => setDragged(null)}
          onPointerCancel={() => setDragged(null)}
        >
          <IconGripVertical size={14} />
        </span>
      )}
    </div>
  ))
}
