// At the foot of a form with changes: what is open, Discard, and the act's name.
import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FormError } from './ErrorState.tsx'
import classes from './save-bar.module.css'

type Props = {
  isChanged: boolean
  isSaving: boolean
  error: unknown
  act: string
  problem?: string | null
  onSave: () => void
  onDiscard: () => void
}

export function SaveBar({ isChanged, isSaving, error, act, problem, onSave, onDiscard }: Props) {
  const { t } = useTranslation()
  if (!isChanged) return null
  return (
    <div className={classes.bar}>
      <FormError error={error} />
      <Group justify="space-between" gap={8}>
        <Text c={problem ? 'var(--mark-returned)' : 'dimmed'} role={problem ? 'alert' : 'status'}>
          {problem ?? t('state.unsaved')}
        </Text>
        <Group gap={8}>
          <Button variant="default" onClick={onDiscard} disabled={isSaving}>
            {t('action.discard')}
          </Button>
          <Button onClick={onSave} loading={isSaving} disabled={Boolean(problem)}>
            {act}
          </Button>
        </Group>
      </Group>
    </div>
  )
}
