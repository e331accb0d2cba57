// Find by name: one condition of the filter, applied while the person types.
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './filter.module.css'

const TYPING_MS = 250

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
  const [text, setText] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const sent = useRef(value)
  useEffect(() => {
    // A change from elsewhere (a chip cleared, the back button) wins over what stands here.
    if (value !== sent.current) {
      sent.current = value
      setText(value)
    }
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  const send = (next: string) => {
    clearTimeout(timer.current)
    if (next.trim() === sent.current) return
    sent.current = next.trim()
    onChange(next.trim())
  }
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
      onChange={(event) => {
        const next = event.currentTarget.value
        setText(next)
        clearTimeout(timer.current)
        timer.current = setTimeout(() => send(next), TYPING_MS)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') send(text)
        if (event.key === 'Enter' || event.key === 'ArrowDown') onLeave()
        if (event.key === 'Backspace' && text === '') onBackspace()
        if (event.key === 'Escape') {
          setText('')
          send('')
          if (text === '') onLeave()
        }
      }}
    />
  )
}
