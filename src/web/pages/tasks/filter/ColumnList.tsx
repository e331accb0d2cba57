// The columns to choose from for a new condition, found by typing.
import { ScrollArea, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TASK_FIELD_NAMES, TASK_FIELDS, type TaskFieldName } from '../../../../model/task-fields.ts'
import classes from './filter.module.css'

export default function ColumnList({ onPick }: { onPick: (field: TaskFieldName) => void }) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const fields = TASK_FIELD_NAMES.filter((name) => TASK_FIELDS[name].filterable)
  const found = fields.filter((name) =>
    TASK_FIELDS[name].title.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase()),
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and a form’s look
    <div role="group" aria-label={t('tasks.filter.choose')}>
      <TextInput
        aria-label={t('tasks.filter.find_column')}
        placeholder={t('tasks.filter.find_column')}
        mb={6}
        value={query}
        data-autofocus
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !found[0]) return
          event.preventDefault()
          onPick(found[0])
        }}
      />
      <ScrollArea.Autosize mah={300} type="auto" scrollbarSize={8} viewportProps={{ tabIndex: -1 }}>
        {found.map((name) => (
          <button key={name} type="button" className={classes.column} onClick={() => onPick(name)}>
            {TASK_FIELDS[name].title}
          </button>
        ))}
        {found.length === 0 && <Text c="dimmed">{t('tasks.filter.no_column')}</Text>}
      </ScrollArea.Autosize>
    </div>
  )
}
