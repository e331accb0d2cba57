// Asks once before a view goes.
import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TaskView } from './open-view.ts'

type Props = { view: TaskView; isPending: boolean; onCancel: () => void; onDelete: () => void }

export function DeleteView({ view, isPending, onCancel, onDelete }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <Text fw={600}>{t('views.panel.delete_title', { name: view.name })}</Text>
      <Text mt={4}>{t(view.is_shared ? 'views.panel.delete_shared' : 'views.panel.delete_own')}</Text>
      <Group justify="flex-end" gap={6} mt={12}>
        <Button variant="default" autoFocus onClick={onCancel}>
          {t('action.cancel')}
        </Button>
        <Button color="red" loading={isPending} onClick={onDelete}>
          {t('views.panel.delete_act', { name: view.name })}
        </Button>
      </Group>
    </>
  )
}
