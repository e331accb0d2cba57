// Find by name: one condition of the filter, applied while the person types.
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useTypedText } from '../../../use-typed-text.ts'
import classes from './filter.module.css'

export function SearchBox({
  value,
  onChange,
  inputRef,
  onLeave,
  onBackspace,
}: {
  value: string
  onChange: (text: string) => void
  inputRef: RefObject<HTMLInputElement | null>
  onLeave: () => void
  /** Backspace in an empty box. */
  onBackspace: () => void
}) {
  const { t } = useTranslation()
  const { text, typed } = useTypedText(value, onChange)
  return (
    <TextInput
      ref={inputRef}
      className={classes.search}
      type="search"
      aria-label={t('tasks.filter.search')}
      placeholder={t('tasks.filter.search')}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={text}
      maxLength={300}
      onChange={(event) => typed.type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') typed.send()
        if (event.key === 'Enter' || event.key === 'ArrowDown') onLeave()
        if (event.key === 'Backspace' && text === '') onBackspace()
        if (event.key === 'Escape') {
          typed.type('')
          typed.send()
          if (text === '') onLeave()
        }
      }}
    />
  )
}
