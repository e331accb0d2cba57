// A class that objects have: what becomes of them when it goes, and where they are.
import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LabelClass } from '../../../model/label-schema.ts'
import { useProjectId } from '../../session.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { havingClass } from './class-in-use.ts'

type Props = {
  labelClass: LabelClass /** Tasks with objects of it. */
  tasks: number
  onRemove: () => void
  onClose: () => void
}

export default function RemoveClassDialog({ labelClass: { id, name }, tasks, onRemove, onClose }: Props) {
  const { t } = useTranslation()
  const params = { project_id: String(useProjectId()) }
  const title = t('schema.remove', { name })
  return (
    <Dialog onClose={onClose} title={title}>
      <Text mb={6}>{t('schema.in_use', { count: tasks })}</Text>
      <Text c="dimmed">{t('schema.in_use_text')}</Text>
      <Group justify="space-between" mt={16}>
        <TextLink to="/projects/$project_id/tasks" params={params} search={{ filter: havingClass(id) }}>
          {t('schema.in_use_tasks')}
        </TextLink>
        <Group gap={6}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button color="red" onClick={onRemove}>
            {title}
          </Button>
        </Group>
      </Group>
    </Dialog>
  )
}
