// The task's timeline beside the work.
import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Task } from '../../../contract/tasks.ts'
import { api } from '../../api.ts'
import { batchesQuery } from '../../queries.ts'
import { useMay, useProject } from '../../session.tsx'
import type { EventNames } from '../history/event-sentences.ts'
import { Timeline } from '../history/Timeline.tsx'

export default function HistoryPanel({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const project_id = project.id
  const [isAudit, setAudit] = useState(false)
  const mayList = useMay('view_tasks')
  const query = useQuery({
    queryKey: ['project', project_id, 'history', task.id, isAudit, null],
    queryFn: ({ signal }) =>
      (isAudit ? api.get_task_audit : api.get_task_history)({ project_id, task_id: task.id }, { signal }),
    placeholderData: (last) => last,
    refetchOnMount: 'always',
  })
  const batches = useQuery({ ...batchesQuery(project_id), enabled: mayList }).data
  const people = query.data?.people
  const names = useMemo<EventNames>(
    () => ({
      stage: (id) => project.stages.find((s) => s.id === id)?.name ?? null,
      person: (id) => people?.find((p) => p.id === id)?.name ?? null,
      batch: (id) => batches?.find((b) => b.id === id)?.name ?? null,
    }),
    [project.stages, people, batches],
  )
  return (
    <Drawer opened onClose={onClose} position="right" size={420} title={t('label.history.title', { name: task.name })}>
      <Timeline query={query} names={names} isAudit={isAudit} onAudit={setAudit} />
    </Drawer>
  )
}
