// Runs of Auto split before this one: what each came to, its parameters again, and who got which split as a file.
import { Alert, Button, Group, Skeleton, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { urlOf } from '../../../../../contract/client.ts'
import { api } from '../../../../api.ts'
import { formatMoment, formatNumber } from '../../../../format.ts'
import type { ReplyOf } from '../../../../queries.ts'
import { useProjectId } from '../../../../session.tsx'
import { FormError } from '../../../../ui/ErrorState.tsx'
import { operationWords } from '../../operation-words.ts'
import classes from '../plan.module.css'
import type { FormProps, Params } from './form.ts'

type Run = ReplyOf<'list_split_runs'>[number]

const PAGE = 10

export default function EarlierRuns(props: FormProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <div>
      {props.isElsewhere && (
        <Alert color="yellow" mb="xs">
          {t('operations.plan.elsewhere')}
          <Group mt={6}>
            <Button size="compact-xs" variant="default" onClick={() => props.onSelection(null)}>
              {t('operations.plan.back_to_selection')}
            </Button>
          </Group>
        </Alert>
      )}
      <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('operations.plan.earlier_runs')}
      </Button>
      {isOpen && <RunList {...props} />}
    </div>
  )
}

function RunList(props: FormProps) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const list = useInfiniteQuery({
    queryKey: ['project', project_id, 'operations', 'split-runs'],
    queryFn: ({ pageParam, signal }) =>
      api.list_split_runs(
        { project_id, limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) },
        { signal },
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.length === PAGE ? (last.at(-1)?.operation_id ?? null) : null),
  })
  // They open below the choices, often out of sight.
  const lines = useRef<HTMLUListElement>(null)
  const isRead = list.isSuccess
  useEffect(() => {
    if (isRead) lines.current?.scrollIntoView({ block: 'nearest' })
  }, [isRead])
  if (list.isError) return <FormError error={list.error} />
  if (!list.data) return <Skeleton height={60} aria-label={t('operations.plan.loading')} />
  const runs = list.data.pages.flat()
  if (runs.length === 0)
    return (
      <Text size="xs" c="dimmed">
        {t('operations.plan.no_runs')}
      </Text>
    )
  return (
    <>
      <ul ref={lines} className={classes.runs}>
        {runs.map((run) => (
          <RunLine key={run.operation_id} run={run} {...props} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          size="compact-sm"
          variant="subtle"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('operations.results.more')}
        </Button>
      )}
    </>
  )
}

function RunLine({ run, onChange, onSelection, context }: FormProps & { run: Run }) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const { operation_id, report } = run
  const replay = (isSame: boolean) => {
    onSelection(isSame ? run.selection : null)
    onChange(run.params as Params)
  }
  const words = operationWords({ name: 'set-split', params: run.params }, context.names, t).join(' · ')
  const file = (format: 'csv' | 'json') => urlOf('download_split_run', { project_id, operation_id, format })
  return (
    <li>
      <Text size="xs" fw={500}>
        {t('operations.plan.run', { id: operation_id, when: formatMoment(run.created_at) })}
        {run.undone_by_id !== null && ` · ${t('operations.list.undone')}`}
      </Text>
      <p className={classes.words}>
        {words}
        {report && ` · ${report.reached.map((r) => `${r.split} ${formatNumber(r.tasks)}`).join(', ')}`}
      </p>
      <Group gap={6}>
        <Button size="compact-xs" variant="default" onClick={() => replay(false)}>
          {t('operations.plan.replay')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => replay(true)}>
          {t('operations.plan.replay_same')}
        </Button>
        {report &&
          (['csv', 'json'] as const).map((format) => (
            <Button
              key={format}
              component="a"
              href={file(format)}
              download
              size="compact-xs"
              variant="subtle"
              aria-label={t('operations.plan.download_run', { format: format.toUpperCase(), id: operation_id })}
              leftSection={<IconDownload size={13} aria-hidden />}
            >
              {format.toUpperCase()}
            </Button>
          ))}
      </Group>
    </li>
  )
}
