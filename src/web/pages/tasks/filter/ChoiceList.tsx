// A list of checkboxes with how many tasks each would give; with a search box when it is long.
import { Checkbox, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../format.ts'
import type { Choice } from './choices.ts'
import type { Counts } from './facets.ts'
import classes from './filter.module.css'

const SEARCHED_ABOVE = 8
/** More are found by typing. */
const DRAWN = 200

type Value = Choice['value']
type Props = {
  choices: readonly Choice[]
  values: readonly Value[]
  counts: Counts
  onChange: (values: Value[]) => void
}

export function ChoiceList({ choices, values, counts, onChange }: Props) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const found = choices.filter((c) => c.label.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase()))
  const toggle = (value: Value) =>
    onChange(values.includes(value) ? values.filter((v) => v !== value) : [...values, value])
  if (choices.length === 0) return <Text c="dimmed">{t('tasks.filter.no_choices')}</Text>
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows go between the fields within
    <div onKeyDown={goWithArrows}>
      {choices.length > SEARCHED_ABOVE && (
        <TextInput
          aria-label={t('tasks.filter.find_choice')}
          placeholder={t('tasks.filter.find_choice')}
          mb={6}
          value={query}
          data-autofocus
          onChange={(e) => setQuery(e.currentTarget.value)}
        />
      )}
      <ScrollArea.Autosize
        mah={264}
        type="auto"
        scrollbarSize={8}
        offsetScrollbars="present"
        viewportProps={{ tabIndex: -1 }}
      >
        <Stack gap={0}>
          {found.slice(0, DRAWN).map((c, i) => {
            const count = counts?.(c.value)
            return (
              <Checkbox
                key={String(c.value)}
                className={classes.choice}
                classNames={{ body: classes.choiceBody, labelWrapper: classes.choiceWrapper }}
                data-autofocus={(i === 0 && choices.length <= SEARCHED_ABOVE) || undefined}
                checked={values.includes(c.value)}
                onChange={() => toggle(c.value)}
                label={
                  <span className={classes.choiceLabel} data-zero={count === 0 || undefined}>
                    {c.color && <span className={classes.dot} style={{ background: c.color }} />}
                    <span className={classes.choiceName}>{c.label}</span>
                    {count !== undefined && <span className={classes.count}>{formatNumber(count)}</span>}
                  </span>
                }
              />
            )
          })}
          {found.length > DRAWN && (
            <Text c="dimmed" size="xs" pt={4}>
              {t('tasks.filter.more_choices', { count: found.length - DRAWN })}
            </Text>
          )}
          {found.length === 0 && <Text c="dimmed">{t('tasks.filter.not_found')}</Text>}
        </Stack>
      </ScrollArea.Autosize>
    </div>
  )
}

/** Up and down go through the search box and the choices; space chooses, Enter applies the form. */
function goWithArrows(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  event.preventDefault()
  const fields = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input')]
  const next = fields.indexOf(event.target as HTMLInputElement) + (event.key === 'ArrowDown' ? 1 : -1)
  fields[Math.max(0, Math.min(fields.length - 1, next))]?.focus()
}
