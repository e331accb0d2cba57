// The field of ColumnList.tsx while the list is on its way: who presses the key and types at once loses nothing.
import { TextInput } from '@mantine/core'
import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

export function ColumnsComing({ typedAhead }: { typedAhead: RefObject<string> }) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus({ preventScroll: true }), [])
  return (
    <div style={{ height: 360 }}>
      <TextInput
        ref={field}
        aria-label={t('tasks.filter.find_column')}
        placeholder={t('tasks.filter.find_column')}
        data-autofocus
        onChange={(event) => {
          typedAhead.current = event.currentTarget.value
        }}
      />
    </div>
  )
}
