// What runs now, in a few words; there after a reload and for operations that others began.
import { Loader } from '@mantine/core'
import { useDocumentVisibility } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api.ts'
import { formatShare } from '../../../format.ts'
import { runningKey } from '../../../live/refresh-queries.ts'
import { useMay, useMe, useProjectId } from '../../../session.tsx'
import { operationFinished } from '../finished.ts'
import { showOperation } from './OperationToast.tsx'
import classes from './run.module.css'
import { told, untold } from './untold.ts'
import { useOpenOperation } from './use-open-operation.ts'

/** Tells of what was begun in this browser, ended, and was told in no tab. */
function useTellEnds(running: readonly { id: number }[] | undefined): void {
  const project_id = useProjectId()
  const { id: person_id } = useMe()
  const open = useOpenOperation()
  const isSeen = useDocumentVisibility() === 'visible'
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it is looked at, and when one began or ended
  useEffect(() => {
    if (!running || !isSeen) return
    for (const operation_id of untold(project_id, person_id))
      if (!running.some((o) => o.id === operation_id))
        api.get_operation({ project_id, operation_id }).then(
          (o) => o.state !== 'running' && told(project_id, o) && showOperation(project_id, o, open),
          // It stays to be told.
          () => undefined,
        )
  }, [running, isSeen])
}

export default function RunningOperations() {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const mayRun = useMay('run_operation')
  const { data: running } = useQuery({
    queryKey: runningKey(project_id),
    queryFn: ({ signal }) => api.list_operations({ project_id, state: 'running', limit: 200 }, { signal }),
    enabled: mayRun,
  })
  const before = useRef<NonNullable<typeof running>>([])
  useEffect(() => {
    if (!running) return
    for (const o of before.current) if (!running.some((r) => r.id === o.id)) operationFinished(o)
    before.current = running
  }, [running])
  useTellEnds(running)

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
