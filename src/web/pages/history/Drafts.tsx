// What people drew on a task and could not save any more, because it was moved or taken over meanwhile, and
// what stood there before such work was restored.
import { Button } from '@mantine/core'
import { IconFileAlert } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { useProjectId } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import classes from './history.module.css'

export function Drafts({ task_id }: { task_id: number }) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const queries = useQueryClient()
  const found = useQuery({
    queryKey: ['project', project_id, 'task', task_id, 'drafts'],
    queryFn: ({ signal }) => api.list_drafts({ project_id, task_id }, { signal }),
  }).data
  const restoring = useMutation({
    mutationFn: (draft_id: number) => api.restore_draft({ project_id, task_id, draft_id }),
    onSuccess: ({ object_count }) => notifyDone(t('tasks.history.draft_restored', { count: object_count })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['project', project_id] }),
    onError: notifyFailed,
  })
  if (!found || found.drafts.length === 0) return null
  return (
    <ul className={classes.problems} aria-label={t('tasks.history.drafts')}>
      {found.drafts.map((d) => (
        <li key={d.id}>
          <IconFileAlert size={15} stroke={1.7} aria-hidden />
          <span className={classes.problem}>
            <strong>{t(d.is_copy ? 'tasks.history.copy' : 'tasks.history.draft', { count: d.object_count })}</strong>
            <span className={classes.reporter}>
              {d.author_name ?? t('tasks.history.copy_imported')} · <Age moment={d.created_at} />
            </span>
          </span>
          <Button
            size="compact-sm"
            variant="default"
            title={t('tasks.history.restore_draft_hint')}
            loading={restoring.isPending && restoring.variables === d.id}
            disabled={restoring.isPending}
            onClick={() => restoring.mutate(d.id)}
          >
            {t('tasks.history.restore_draft')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
