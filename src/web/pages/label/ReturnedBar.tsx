// A returned task says first what the reviewer wants.
import { IconCornerUpLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { useProject } from '../../session.tsx'
import type { Opened } from './held-task.ts'
import classes from './label.module.css'

export function ReturnedBar({ opened }: { opened: Opened }) {
  const { t } = useTranslation()
  const { id: project_id } = useProject()
  const { task, returned_comment } = opened
  const reviewer_id = task.reviewed_by_id
  const people = useQuery({
    queryKey: ['project', project_id, 'task', task.id],
    queryFn: ({ signal }) => api.get_task({ project_id, task_id: task.id }, { signal }),
    enabled: task.is_returned && reviewer_id !== null,
  }).data?.people
  if (!task.is_returned) return null
  const name = people?.find((p) => p.id === reviewer_id)?.name
  return (
    <div className={classes.bar} data-kind="returned" role="note">
      <IconCornerUpLeft size={16} aria-hidden />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long comment scrolls */}
      <div className={classes.comment} tabIndex={0}>
        <strong>{name ? t('label.mark.returned_by', { name }) : t('label.mark.returned')}</strong>
        {task.times_returned > 1 && (
          <span className={classes.times}>{t('label.mark.returned_times', { count: task.times_returned })}</span>
        )}
        {returned_comment && <span className={classes.said}>{returned_comment}</span>}
      </div>
    </div>
  )
}
