// What runs now, in a few words; there after a reload and for operations that others began.
import { Loader } from '@mantine/core'
import { useDocumentVisibility } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api.ts'
import { formatShare } from '../../../format.ts'
import { useMay, useMe, useProjectId } from '../../../session.tsx'
import { operationFinished } from '../finished.ts'
import classes from './run.module.css'

/** Tells who looks at the page of what ended without her; what does not come now comes with the next that begins or ends. */
function useTellEnded(running: readonly { id: number }[] | undefined): void {
  const project_id = useProjectId()
  const { id: person_id } = useMe()
  const navigate = useNavigate()
  const isSeen = useDocumentVisibility() === 'visible'
  useEffect(() => {
    if (!running || !isSeen) return
    const ids = new Set(running.map((o) => o.id))
    const tell = ({ tellEnded }: typeof import('./tell-ended.ts')) =>
      tellEnded({ project_id, person_id }, ids, navigate)
    import('./tell-ended.ts').then(tell).catch(() => undefined)
  }, [running, isSeen, project_id, person_id, navigate])
}

export default function RunningOperations() {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const mayRun = useMay('run_operation')
  const { data: running } = useQuery({
    queryKey: ['project', project_id, 'operations', 'running'],
    queryFn: ({ signal }) => api.list_operations({ project_id, state: 'running', limit: 200 }, { signal }),
    enabled: mayRun,
  })
  const before = useRef<NonNullable<typeof running>>([])
  useEffect(() => {
    if (!running) return
    for (const o of before.current) if (!running.some((r) => r.id === o.id)) operationFinished(o)
    before.current = running
  }, [running])
  useTellEnded(running)

  const [first] = running ?? []
  if (!running || !first) return null
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
