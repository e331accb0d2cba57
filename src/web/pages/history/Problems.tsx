// What people reported about the image of a task and nobody has dealt with.
import { Button } from '@mantine/core'
import { IconFlag } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { problemsQuery } from '../../queries.ts'
import { useMay, useProjectId } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { notifyFailed } from '../../ui/notify.tsx'
import classes from './history.module.css'

export function Problems({ task_id }: { task_id: number }) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const mayResolve = useMay('manage_project')
  const queries = useQueryClient()
  const found = useQuery(problemsQuery(project_id, task_id)).data
  const resolving = useMutation({
    mutationFn: (problem_id: number) => api.resolve_problem({ project_id, task_id, problem_id }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['project', project_id] }),
    onError: notifyFailed,
  })
  const open = found?.problems.filter((p) => !p.resolved_at) ?? []
  if (open.length === 0) return null
  return (
    <ul className={classes.problems} aria-label={t('tasks.history.problems', { count: open.length })}>
      {open.map((p) => (
        <li key={p.id}>
          <IconFlag size={15} stroke={1.7} aria-hidden />
          <span className={classes.problem}>
            <strong>{t(`problem.${p.reason}`)}</strong>
            {p.note && `: ${p.note}`}
            <span className={classes.reporter}>
              {found?.people.find((x) => x.id === p.reported_by_id)?.name ?? t('tasks.somebody')} ·{' '}
              <Age moment={p.reported_at} />
            </span>
          </span>
          {mayResolve && (
            <Button
              size="compact-sm"
              variant="default"
              loading={resolving.isPending && resolving.variables === p.id}
              onClick={() => resolving.mutate(p.id)}
            >
              {t('tasks.history.resolve')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
