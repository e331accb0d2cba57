// The line between the counts and the grid: search, chips, a new condition, and what stands at its right.
import { Button, Popover } from '@mantine/core'
import { IconFilterPlus, IconX } from '@tabler/icons-react'
import { type ReactNode, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition, Filter } from '../../../../model/filter.ts'
import type { TaskFieldName } from '../../../../model/task-fields.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import type { FilterContext } from './choices.ts'
import { conditionWords } from './condition-words.ts'
import classes from './filter.module.css'
import { chipsOf, isFull, searchOf, withCondition, withoutCondition, withSearch } from './filter-edit.ts'
import { SearchBox } from './SearchBox.tsx'

export const ConditionEditor = lazyPart(() => import('./ConditionEditor.tsx'), <div style={{ height: 180 }} />)
export const ColumnList = lazyPart(() => import('./ColumnList.tsx'), <div style={{ height: 340 }} />)

type Props = {
  filter: Filter
  context: FilterContext
  onChange: (filter: Filter) => void
  searchRef: RefObject<HTMLInputElement | null>
  /** Leave the search box for the grid. */
  onLeaveSearch: () => void
  children: ReactNode
}

export function FilterBar({ filter, context, onChange, searchRef, onLeaveSearch, children }: Props) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and a form’s look
    <div className={classes.bar} role="group" aria-label={t('tasks.filter.label')}>
      <SearchBox
        value={searchOf(filter)}
        onChange={(text) => onChange(withSearch(filter, text))}
        inputRef={searchRef}
        onLeave={onLeaveSearch}
      />
      {chipsOf(filter).map(({ condition, index }) => (
        <Chip
          key={`${index} ${condition.field}`}
          condition={condition}
          context={context}
          onChange={(next) => onChange(withCondition(filter, index, next))}
          onRemove={() => onChange(withoutCondition(filter, index))}
        />
      ))}
      <AddCondition
        context={context}
        isFull={isFull(filter)}
        onAdd={(condition) => onChange(withCondition(filter, null, condition))}
      />
      {filter.conditions.length > 0 && (
        <Button variant="subtle" color="gray" onClick={() => onChange({ conditions: [] })}>
          {t('tasks.filter.clear_all')}
        </Button>
      )}
      <span className={classes.spring} />
      {children}
    </div>
  )
}

type ChipProps = {
  condition: Condition
  context: FilterContext
  onChange: (condition: Condition) => void
  onRemove: () => void
}

function Chip({ condition, context, onChange, onRemove }: ChipProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { title, relation, value } = conditionWords(condition, context.names, t)
  const words = `${title} ${relation} ${value}`
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      width={300}
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <span className={classes.chip}>
          <button
            type="button"
            onClick={() => setOpen(!isOpen)}
            aria-label={t('tasks.filter.edit', { words })}
            aria-expanded={isOpen}
          >
            <span className={classes.relation}>{title}</span>
            <span className={classes.relation}>{relation}</span>
            <span className={classes.value}>{value}</span>
          </button>
          <button type="button" onClick={onRemove} aria-label={t('tasks.filter.remove', { words })}>
            <IconX size={12} />
          </button>
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={title}>
        <ConditionEditor
          field={condition.field}
          condition={condition}
          context={context}
          onApply={(next) => {
            setOpen(false)
            onChange(next)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function AddCondition({
  context,
  isFull,
  onAdd,
}: {
  context: FilterContext
  isFull: boolean
  onAdd: (condition: Condition) => void
}) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [field, setField] = useState<TaskFieldName | null>(null)
  const change = (next: boolean) => {
    setOpen(next)
    if (next) setField(null)
  }
  return (
    <Popover
      opened={isOpen}
      onChange={change}
      position="bottom-start"
      width={300}
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconFilterPlus size={14} />}
          onClick={() => change(!isOpen)}
          disabled={isFull}
          title={isFull ? t('tasks.filter.full') : undefined}
        >
          {t('tasks.filter.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('tasks.filter.choose')}>
        {field === null ? (
          <ColumnList onPick={setField} />
        ) : (
          <ConditionEditor
            field={field}
            condition={null}
            context={context}
            onApply={(condition) => {
              setOpen(false)
              onAdd(condition)
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
