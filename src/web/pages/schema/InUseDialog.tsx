// Before something goes that objects may have: what becomes of them, and where they are.
import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../model/filter.ts'
import { useProjectId } from '../../session.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextLink } from '../../ui/TextLink.tsx'

type Props = {
  title: string
  /** How many tasks it concerns, as a sentence. */
  use: string
  text: string
  /** Those tasks. */
  filter: Filter
  /** The name of the act; the title if left out. */
  act?: string
  onDo: () => void
  onClose: () => void
}

export default function InUseDialog({ title, use, text, filter, act = title, onDo, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog onClose={onClose} title={title}>
      <Text mb={6}>{use}</Text>
      <Text c="dimmed">{text}</Text>
      <Group justify="space-between" mt={16}>
        <TextLink to="/projects/$project_id/tasks" params={{ project_id: String(useProjectId()) }} search={{ filter }}>
          {t('schema.in_use_tasks')}
        </TextLink>
        <Group gap={6}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              onDo()
              onClose()
            }}
          >
            {act}
          </Button>
        </Group>
      </Group>
    </Dialog>
  )
}
