// The task's timeline beside the work.
import { useTranslation } from 'react-i18next'
import type { Task } from '../../../contract/tasks.ts'
import { SideSheet } from '../../ui/Dialog.tsx'
import { Timeline } from '../history/Timeline.tsx'

export default function HistoryPanel({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <SideSheet onClose={onClose} size={420} title={t('label.history.title', { name: task.name })}>
      <Timeline task_id={task.id} />
    </SideSheet>
  )
}
