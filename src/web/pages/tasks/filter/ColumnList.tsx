// What a new condition can be about, found by typing: columns first, then what is no column.
import { Text, TextInput } from '@mantine/core'
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FILTER_FACTS, FILTER_FIELDS, FILTERABLE_NAMES, type FilterFieldName } from '../../../../model/task-fields.ts'
import classes from './filter.module.css'

type Props = {
  onPick: (field: FilterFieldName) => void
  /** What was typed while this was on its way, see ColumnsComing.tsx. */
  typedAhead: RefObject<string>
}

const MAX_LENGTH = 100

export default function ColumnList({ onPick, typedAhead }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [query, setQuery] = useState(() => typedAhead.current)
  const [active, setActive] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  // The box may be open already, with the form of another condition, whose fields had the focus.
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.setSelectionRange(MAX_LENGTH, MAX_LENGTH)
  }, [])
  const words = query.trim().toLocaleLowerCase()
  const found = FILTERABLE_NAMES.filter((name) => FILTER_FIELDS[name].title.toLocaleLowerCase().includes(words))
  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(`${id}-${active}`)}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, active])
  const onKeyDown = (event: KeyboardEvent) => {
    const name = found[active]
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setActive((active + step + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter' && name) onPick(name)
    else return
    event.preventDefault()
  }
  return (
    <>
      <TextInput
        ref={field}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${active}` : undefined}
        aria-label={t('tasks.filter.find_column')}
        placeholder={t('tasks.filter.find_column')}
        mb={6}
        value={query}
        maxLength={MAX_LENGTH}
        data-autofocus
        onChange={(event) => {
          setQuery(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} ref={list} role="listbox" className={classes.columns} aria-label={t('tasks.filter.choose')}>
        {found.map((name, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are in the field above, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: the field above points at the active one
          <div
            key={name}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === active}
            className={classes.column}
            data-first-fact={(words === '' && isFact(name) && !isFact(found[i - 1])) || undefined}
            onClick={() => onPick(name)}
            onMouseMove={() => setActive(i)}
          >
            {FILTER_FIELDS[name].title}
          </div>
        ))}
      </div>
      {found.length === 0 && <Text c="dimmed">{t('tasks.filter.no_column')}</Text>}
    </>
  )
}

const isFact = (name: FilterFieldName | undefined) => name !== undefined && name in FILTER_FACTS
