// A list of checkboxes, with a search box when it is long.
import { Checkbox, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choice } from './choices.ts'
import classes from './filter.module.css'

const SEARCHED_ABOVE = 8
/** More are found by typing. */
const DRAWN = 200

type Value = Choice['value']
type Props = { choices: readonly Choice[]; values: readonly Value[]; onChange: (values: Value[]) => void }

export function ChoiceList({ choices, values, onChange }: Props) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const found = choices.filter((c) => c.label.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase()))
  const toggle = (value: Value) =>
    onChange(values.includes(value) ? values.filter((v) => v !== value) : [...values, value])
  if (choices.length === 0) return <Text c="dimmed">{t('tasks.filter.no_choices')}</Text>
  return (
    <>
      {choices.length > SEARCHED_ABOVE && (
        <TextInput
          aria-label={t('tasks.filter.find_choice')}
          placeholder={t('tasks.filter.find_choice')}
          value={query}
          data-autofocus
          onChange={(e) => setQuery(e.currentTarget.value)}
        />
      )}
      <ScrollArea.Autosize mah={240} type="auto" scrollbarSize={8} viewportProps={{ tabIndex: -1 }}>
        <Stack gap={0}>
          {found.slice(0, DRAWN).map((c) => (
            <Checkbox
              key={String(c.value)}
              className={classes.choice}
              checked={values.includes(c.value)}
              onChange={() => toggle(c.value)}
              label={
                <span className={classes.choiceLabel}>
                  {c.color && <span className={classes.dot} style={{ background: c.color }} />}
                  {c.label}
                </span>
              }
            />
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </>
  )
}
