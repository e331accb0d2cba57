// The task's timeline beside the work.
import { Drawer } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Task } from '../../../contract/tasks.ts'
import { Timeline } from '../history/Timeline.tsx'

export default function HistoryPanel({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Drawer opened onClose={onClose} position="right" size={420} title={t('label.history.title', { name: task.name })}>
      <Timeline task_id={task.id} />
    </Drawer>
  )
}
