// The line between the counts and the grid: search, chips, a new condition, and what stands at its right.
import { Button, Popover } from '@mantine/core'
import { IconFilterPlus } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../../model/filter.ts'
import { useCommands } from '../../../commands/registry.ts'
import type { FilterContext } from './choices.ts'
import { FilterChip } from './FilterChip.tsx'
import { FilterForm, type Opened } from './FilterForm.tsx'
import classes from './filter.module.css'
import { chipsOf, isFull, searchOf, withAlternative, withCondition, withoutItem, withoutPart, withPart, withSearch } from './filter-edit.ts' // biome-ignore format: one list
import { SearchBox } from './SearchBox.tsx'

export { ColumnList, ConditionEditor } from './FilterForm.tsx'

type Props = {
  filter: Filter
  context: FilterContext
  onChange: (filter: Filter) => void
  searchRef: RefObject<HTMLInputElement | null>
  /** Leave the search box for the grid. */
  onLeaveSearch: () => void
  children: ReactNode
}

const ADD = 'add'
const PLACE = 'data-filter-place'

export function FilterBar({ filter, context, onChange, searchRef, onLeaveSearch, children }: Props) {
  const { t } = useTranslation()
  const bar = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<Opened | null>(null)
  /** The control that gets the focus as soon as it is there: a new chip comes with the filter, through the address. */
  const [wanted, setWanted] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed filter may bring what is wanted
  useEffect(() => {
    const control = wanted && bar.current?.querySelector<HTMLElement>(`[${PLACE}="${wanted}"]`)
    if (!control) return
    control.focus()
    setWanted(null)
  }, [wanted, filter])
  useCommands(
    useMemo(
      () => [
        {
          id: 'tasks-filter',
          title: t('tasks.filter.key_add'),
          keys: 'f',
          group: 'page',
          run: () => setOpened((now) => now ?? { kind: 'add' }),
        },
      ],
      [t],
    ),
  )
  const chips = chipsOf(filter)
  const placeOf = (item: number, part: number) => `${item}.${part}`
  const close = (focus: string) => {
    setOpened(null)
    setWanted(focus)
  }
  const remove = (item: number, part: number | null) => {
    const next = part === null ? withoutItem(filter, item) : withoutPart(filter, { item, part })
    const left = chipsOf(next)
    const neighbour = left.find((c) => c.item >= item) ?? left.at(-1)
    close(neighbour ? placeOf(neighbour.item, 0) : ADD)
    onChange(next)
  }
  const form = (where: Opened) => (
    <FilterForm
      opened={where}
      filter={filter}
      context={context}
      canGoOn={!isFull(filter)}
      onRemove={where.kind === 'edit' ? () => remove(where.item, where.part) : null}
      onApply={(condition, goOn) => {
        const item = where.kind === 'add' ? filter.conditions.length : where.item
        if (where.kind === 'add') onChange(withCondition(filter, condition))
        else if (where.kind === 'or') onChange(withAlternative(filter, item, condition))
        else onChange(withPart(filter, where, condition))
        if (goOn) setOpened({ kind: 'or', item })
        else
          close(
            placeOf(item, where.kind === 'edit' ? where.part : where.kind === 'or' ? lastPart(filter, item) + 1 : 0),
          )
      }}
    />
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and a form’s look
    <div ref={bar} className={classes.bar} role="group" aria-label={t('tasks.filter.label')} onKeyDown={goWithArrows}>
      <div className={classes.chips}>
        <SearchBox
          value={searchOf(filter)}
          onChange={(text) => onChange(withSearch(filter, text))}
          inputRef={searchRef}
          onLeave={onLeaveSearch}
          onBackspace={() => {
            const last = chips.at(-1)
            if (last) setWanted(placeOf(last.item, last.parts.length - 1))
          }}
        />
        {chips.map((chip) => {
          const here = opened && opened.kind !== 'add' && opened.item === chip.item ? opened : null
          return (
            <FilterChip
              key={`${chip.item} ${chip.parts[0]?.field}`}
              parts={chip.parts}
              names={context.names}
              opened={here && (here.kind === 'edit' ? here.part : 'or')}
              placeOf={(part) => ({ [PLACE]: placeOf(chip.item, part) })}
              onOpen={(part) => setOpened({ kind: 'edit', item: chip.item, part })}
              onClose={() => close(placeOf(chip.item, here?.kind === 'edit' ? here.part : 0))}
              onRemove={(part) => remove(chip.item, part)}
            >
              {here && form(here)}
            </FilterChip>
          )
        })}
        <Popover
          opened={opened?.kind === 'add'}
          onChange={(isOpen) => (isOpen ? setOpened({ kind: 'add' }) : close(ADD))}
          position="bottom-start"
          width={320}
          trapFocus
          withRoles={false}
        >
          <Popover.Target>
            <Button
              {...{ [PLACE]: ADD }}
              variant="subtle"
              color="gray"
              leftSection={<IconFilterPlus size={14} />}
              onClick={() => (opened?.kind === 'add' ? close(ADD) : setOpened({ kind: 'add' }))}
              aria-expanded={opened?.kind === 'add'}
              disabled={isFull(filter)}
              title={isFull(filter) ? t('tasks.filter.full') : undefined}
            >
              {t('tasks.filter.add')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown tabIndex={-1} role="dialog" aria-label={t('tasks.filter.choose')}>
            {opened?.kind === 'add' && form(opened)}
          </Popover.Dropdown>
        </Popover>
        {filter.conditions.length > 0 && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              close(ADD)
              onChange({ conditions: [] })
            }}
          >
            {t('tasks.filter.clear_all')}
          </Button>
        )}
      </div>
      <div className={classes.tools}>{children}</div>
    </div>
  )
}

const lastPart = (filter: Filter, item: number): number =>
  (chipsOf(filter).find((c) => c.item === item)?.parts.length ?? 1) - 1

/** Left and right go from chip to chip. */
function goWithArrows(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
  const places = [...event.currentTarget.querySelectorAll<HTMLElement>(`[${PLACE}]`)]
  const at = places.indexOf(event.target as HTMLElement)
  if (at < 0) return
  event.preventDefault()
  places[at + (event.key === 'ArrowRight' ? 1 : -1)]?.focus()
}
