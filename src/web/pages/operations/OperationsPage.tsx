// Everything that was done to many tasks at once: who, when, what, what became of it; undo and cancel.
import { Button, Progress, Table, Text, VisuallyHidden } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { formatMoment, formatNumber } from '../../format.ts'
import type { ReplyOf } from '../../queries.ts'
import { useProject } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LongRows } from '../../ui/LongList.tsx'
import { Page } from '../../ui/Page.tsx'
import { PersonName } from '../../ui/PersonAvatar.tsx'
import { RowsSkeleton } from '../../ui/Skeletons.tsx'
import { operationFinished } from './finished.ts'
import { OperationActs } from './OperationActs.tsx'
import { type OperationNames, operationWords } from './operation-words.ts'
import classes from './operations.module.css'
import { ResultsDrawer } from './ResultsDrawer.tsx'
import { useOperationNames } from './use-operation-names.ts'

type Operation = ReplyOf<'list_operations'>[number]

const PAGE = 50

export default function OperationsPage() {
  const { t } = useTranslation()
  const { id: project_id } = useProject()
  const open = useSearch({ from: '/app/projects/$project_id/operations' }).open
  const navigate = useNavigate()
  const show = (id: number | undefined) =>
    void navigate({
      to: '/projects/$project_id/operations',
      params: { project_id: String(project_id) },
      search: id === undefined ? {} : { open: id },
    })
  const names = useOperationNames()
  const list = useInfiniteQuery({
    queryKey: ['project', project_id, 'operations', 'list'],
    queryFn: ({ pageParam, signal }) =>
      api.list_operations(
        { project_id, limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) },
        { signal },
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.length === PAGE ? (last.at(-1)?.id ?? null) : null),
  })
  const operations = list.data?.pages.flat() ?? []
  useEffect(() => {
    for (const o of operations) if (o.state !== 'running') operationFinished(o)
  }, [operations])

  return (
    <Page title={t('operations.title')}>
      {list.isError && operations.length === 0 ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <RowsSkeleton />
      ) : operations.length === 0 ? (
        <EmptyState
          icon={<IconHistory size={28} stroke={1.5} />}
          title={t('operations.list.empty')}
          action={
            <Button
              renderRoot={(props) => (
                <Link {...props} to="/projects/$project_id/tasks" params={{ project_id: String(project_id) }} />
              )}
            >
              {t('operations.list.open_tasks')}
            </Button>
          }
        >
          {t('operations.list.empty_text')}
        </EmptyState>
      ) : (
        <>
          <Table className={classes.table} highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('operations.list.what')}</Table.Th>
                <Table.Th>{t('operations.list.by')}</Table.Th>
                <Table.Th>{t('operations.list.when')}</Table.Th>
                <Table.Th ta="right">{t('operations.list.applied')}</Table.Th>
                <Table.Th ta="right">{t('operations.list.unchanged')}</Table.Th>
                <Table.Th ta="right">{t('operations.list.refused')}</Table.Th>
                <Table.Th>{t('operations.list.state')}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{t('operations.list.actions')}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <LongRows items={operations}>
              {(o) => <OperationRow key={o.id} operation={o} names={names} isOpen={o.id === open} onOpen={show} />}
            </LongRows>
          </Table>
          {list.hasNextPage && (
            <Button
              variant="subtle"
              mt={8}
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
              style={{ alignSelf: 'center' }}
            >
              {t('action.more')}
            </Button>
          )}
        </>
      )}
      {open !== undefined && (
        <ResultsDrawer
          operation_id={open}
          known={operations.find((o) => o.id === open)}
          names={names}
          onOpen={show}
          onClose={() => show(undefined)}
        />
      )}
    </Page>
  )
}

type RowProps = { operation: Operation; names: OperationNames; isOpen: boolean; onOpen: (id: number) => void }

function OperationRow({ operation: o, names, isOpen, onOpen }: RowProps) {
  const { t } = useTranslation()
  const words = operationWords(o, names, t).join(' · ')
  return (
    <Table.Tr
      data-open={isOpen || undefined}
      className={classes.row}
      onClick={({ target }) => {
        if (!(target as Element).closest('button, a')) onOpen(o.id)
      }}
    >
      <Table.Td className={classes.what}>
        <button type="button" className={classes.open} onClick={() => onOpen(o.id)} aria-label={`${o.title} #${o.id}`}>
          <span className={classes.title}>{o.title}</span> <span className={classes.quiet}>#{o.id}</span>
        </button>
        {words && (
          <div className={classes.words} title={words}>
            {words}
          </div>
        )}
      </Table.Td>
      <Table.Td>
        {o.actor_id === null ? t('operations.list.system') : <PersonName id={o.actor_id} name={o.actor_name ?? ''} />}
      </Table.Td>
      <Table.Td title={formatMoment(o.created_at)}>
        <Age moment={o.created_at} />
      </Table.Td>
      <Table.Td ta="right">{formatNumber(o.applied)}</Table.Td>
      <Table.Td ta="right" c={o.unchanged === 0 ? 'dimmed' : undefined}>
        {formatNumber(o.unchanged)}
      </Table.Td>
      <Table.Td ta="right" c={o.refused === 0 ? 'dimmed' : 'var(--mark-skipped)'}>
        {formatNumber(o.refused)}
      </Table.Td>
      <Table.Td>
        <State operation={o} onOpen={onOpen} />
      </Table.Td>
      <Table.Td ta="right">
        <OperationActs operation={o} onOpen={onOpen} />
      </Table.Td>
    </Table.Tr>
  )
}

function State({ operation: o, onOpen }: { operation: Operation; onOpen: (id: number) => void }) {
  const { t } = useTranslation()
  if (o.state === 'running') {
    const done = o.applied + o.unchanged + o.refused
    return (
      <div className={classes.progress}>
        <Text size="xs" className="figures">
          {o.cancel_requested
            ? t('operations.list.cancelling')
            : t('operations.toast.running', { done, total: o.total })}
        </Text>
        <Progress value={o.total === 0 ? 0 : (100 * done) / o.total} aria-label={t('operations.list.states.running')} />
      </div>
    )
  }
  const state = (
    <span className={classes.state} data-state={o.state} title={o.error ?? undefined}>
      {t(`operations.list.states.${o.state}`)}
    </span>
  )
  if (o.undone_by_id === null) return state
  const by = o.undone_by_id
  return (
    <>
      {o.state !== 'done' && <>{state} · </>}
      <button type="button" className={`${classes.open} ${classes.quiet}`} onClick={() => onOpen(by)}>
        {t('operations.list.undone_by', { id: by })}
      </button>
    </>
  )
}
