// What runs now, in a few words; there after a reload and for operations that others began.
import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api.ts'
import { formatShare } from '../../../format.ts'
import { useMay, useProjectId } from '../../../session.tsx'
import { operationFinished } from '../finished.ts'
import classes from './run.module.css'

export default function RunningOperations() {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const mayRun = useMay('run_operation')
  const { data = [] } = useQuery({
    queryKey: ['project', project_id, 'operations', 'latest'],
    queryFn: ({ signal }) => api.list_operations({ project_id, limit: 20 }, { signal }),
    enabled: mayRun,
  })
  const running = data.filter((o) => o.state === 'running')
  const before = useRef(new Set<number>())
  useEffect(() => {
    for (const o of data) if (o.state !== 'running' && before.current.has(o.id)) operationFinished(o)
    before.current = new Set(data.filter((o) => o.state === 'running').map((o) => o.id))
  }, [data])

  const [first] = running
  if (!first) return null
  const done = first.applied + first.unchanged + first.refused
  const percent = formatShare(first.total === 0 ? 0 : done / first.total)
  return (
    <Link
      className={classes.running}
      to="/projects/$project_id/operations"
      params={{ project_id: String(project_id) }}
      aria-label={t('operations.running.label')}
    >
      <Loader size={12} />
      {running.length > 1
        ? t('operations.running.many', { count: running.length })
        : t('operations.running.one', { title: first.title, percent })}
    </Link>
  )
}
