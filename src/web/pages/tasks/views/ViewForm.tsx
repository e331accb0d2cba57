// The name of a view, and for a new one whether it is shared.
import { Button, Checkbox, Group, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../ui/ErrorState.tsx'

type Props = {
  title: string
  hint?: string
  initial: { name: string; is_shared?: boolean }
  error: Error | null
  isPending: boolean
  onCancel: () => void
  onSave: (input: { name: string; is_shared: boolean }) => void
}

const NAME_LENGTH = 80

export function ViewForm({ title, hint, initial, error, isPending, onCancel, onSave }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(initial.name)
  const [is_shared, setShared] = useState(initial.is_shared ?? false)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') onSave({ name: name.trim(), is_shared })
  }
  return (
    <form onSubmit={save}>
      <Text fw={600}>{title}</Text>
      {hint && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
      <TextInput
        mt={8}
        label={t('views.form.name')}
        value={name}
        maxLength={NAME_LENGTH}
        data-autofocus
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.currentTarget.value)}
        error={error ? messageOf(error) : null}
      />
      {initial.is_shared !== undefined && (
        <Checkbox
          mt={10}
          checked={is_shared}
          label={t('views.form.share')}
          description={t('views.form.share_hint')}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
      )}
      <Group justify="flex-end" gap={6} mt={12}>
        <Button variant="default" onClick={onCancel}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={isPending} disabled={name.trim() === ''}>
          {t('views.form.save')}
        </Button>
      </Group>
    </form>
  )
}
