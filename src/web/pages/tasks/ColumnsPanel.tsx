// The panel of the columns button: which columns, in which order, and how tall the rows are.
import { ActionIcon, Button, Checkbox, ScrollArea, SegmentedControl, Text } from '@mantine/core'
import { IconGripVertical, IconPin, IconPinFilled } from '@tabler/icons-react'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TASK_FIELDS, type TaskFieldName } from '../../../model/task-fields.ts'
import classes from './columns.module.css'
import {
  type ColumnsState,
  columnsInOrder,
  DEFAULT_COLUMNS,
  DENSITIES,
  type Density,
  isAlwaysThere,
  isPinned,
  moved,
  nudged,
  withPinned,
  withShown,
} from './columns-state.ts'

type Props = { state: ColumnsState; onChange: (state: ColumnsState) => void }

export default function ColumnsPanel({ state, onChange }: Props) {
  const { t } = useTranslation()
  const names = columnsInOrder(state)
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
  const onKeyDown = (event: KeyboardEvent, name: TaskFieldName) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    event.stopPropagation()
    onChange(nudged(state, name, event.key === 'ArrowUp' ? -1 : 1, names))
  }
  const onDrag = (event: PointerEvent<HTMLElement>, name: TaskFieldName) => {
    if (!dragged) return
    const row = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-column]')
    const over = row?.dataset.column as TaskFieldName | undefined
    if (!over || over === name) return
    onChange(moved(state, name, names.indexOf(over) > names.indexOf(name) ? 'after' : 'before', over))
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
        checked={!state.hidden.includes(name) || isAlwaysThere(name)}
        disabled={isAlwaysThere(name)}
        label={TASK_FIELDS[name].title}
        onChange={(event) => onChange(withShown(state, name, event.currentTarget.checked))}
      />
      <PinButton name={name} state={state} onChange={onChange} />
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
    </div>
  ))
}

function PinButton({ name, state, onChange }: Props & { name: TaskFieldName }) {
  const { t } = useTranslation()
  const isOn = isPinned(state, name)
  const title = t(isOn ? 'tasks.columns.unpin_title' : 'tasks.columns.pin_title', { title: TASK_FIELDS[name].title })
  return (
    <ActionIcon
      className={classes.pin}
      variant="subtle"
      color="gray"
      size={26}
      aria-pressed={isOn}
      aria-label={title}
      title={title}
      disabled={isAlwaysThere(name)}
      onClick={() => onChange(withPinned(state, name, !isOn))}
    >
      {isOn ? <IconPinFilled size={13} /> : <IconPin size={13} />}
    </ActionIcon>
  )
}
