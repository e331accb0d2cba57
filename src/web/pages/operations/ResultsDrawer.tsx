// What became of each task of an operation, by outcome, and as CSV.
import { Anchor, Button, SegmentedControl, Table, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { urlOf } from '../../../contract/client.ts'
import { REFUSALS, type Refusal } from '../../../model/task.ts'
import { api } from '../../api.ts'
import { formatMoment, formatNumber } from '../../format.ts'
import type { ReplyOf } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { SideSheet } from '../../ui/Dialog.tsx'
import { ErrorState, FormError } from '../../ui/ErrorState.tsx'
import { LongRows } from '../../ui/LongList.tsx'
import { RowsSkeleton } from '../../ui/Skeletons.tsx'
import { OperationActs } from './OperationActs.tsx'
import { type OperationNames, operationWords } from './operation-words.ts'
import classes from './operations.module.css'
import { ResultLine } from './run/OperationToast.tsx'

type Operation = ReplyOf<'get_operation'>
const OUTCOMES = ['all', 'applied', 'unchanged', 'refused'] as const
type Outcome = (typeof OUTCOMES)[number]
const PAGE = 200

type Props = {
  operation_id: number
  known: Operation | undefined
  names: OperationNames
  /** Shows another operation, such as the one that undoes this. */
  onOpen: (id: number) => void
  onClose: () => void
}

export function ResultsDrawer({ operation_id, known, names, onOpen, onClose }: Props) {
  const project_id = useProjectId()
  const found = useQuery({
    queryKey: ['project', project_id, 'operation', operation_id],
    queryFn: ({ signal }) => api.get_operation({ project_id, operation_id }, { signal }),
    enabled: known === undefined,
  })
  const operation = known ?? found.data
  const title = operation ? `${operation.title} #${operation.id}` : `#${operation_id}`
  return (
    <SideSheet onClose={onClose} size={620} title={<Text fw={600}>{title}</Text>}>
      {found.isLoadingError ? (
        <ErrorState error={found.error} />
      ) : !operation ? (
        <RowsSkeleton />
      ) : (
        <Results operation={operation} names={names} onOpen={onOpen} />
      )}
    </SideSheet>
  )
}

type ResultsProps = { operation: Operation } & Pick<Props, 'names' | 'onOpen'>

function Results({ operation, names, onOpen }: ResultsProps) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const [outcome, setOutcome] = useState<Outcome>('all')
  const list = useInfiniteQuery({
    queryKey: ['project', project_id, 'operation-results', operation.id, outcome, operation.state, operation.applied],
    queryFn: ({ pageParam, signal }) =>
      api.list_operation_results(
        {
          project_id,
          operation_id: operation.id,
          limit: PAGE,
          ...(pageParam === null ? {} : { cursor: pageParam }),
          ...(outcome === 'all' ? {} : { outcome }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: (last) => last,
  })
  const results = list.data?.pages.flatMap((page) => page.results) ?? []
  const counts: Record<Outcome, number> = {
    all: operation.total,
    applied: operation.applied,
    unchanged: operation.unchanged,
    refused: operation.refused,
  }
  const words = operationWords(operation, names, t).join(' · ')
  return (
    <>
      {words && <Text c="dimmed">{words}</Text>}
      <ResultLine operation={operation} />
      <Text size="xs" c="dimmed" mb={12}>
        {[operation.actor_name, formatMoment(operation.created_at)].filter(Boolean).join(' · ')}
      </Text>
      <div className={classes.resultTools}>
        <SegmentedControl
          aria-label={t('operations.results.outcome')}
          value={outcome}
          onChange={(value) => setOutcome(value as Outcome)}
          data={OUTCOMES.map((value) => ({
            value,
            label: `${t(`operations.results.${value}`)} ${formatNumber(counts[value])}`,
          }))}
        />
        <Button
          variant="default"
          leftSection={<IconDownload size={14} />}
          component="a"
          href={urlOf('download_operation_results', { project_id, operation_id: operation.id })}
          download
        >
          {t('operations.results.csv')}
        </Button>
        <OperationActs operation={operation} onOpen={onOpen} />
      </div>
      {list.data && <FormError error={list.error} />}
      {list.isLoadingError ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <RowsSkeleton />
      ) : results.length === 0 ? (
        <Text c="dimmed">{t('operations.results.none')}</Text>
      ) : (
        <Table>
          <LongRows items={results}>
            {(r) => (
              <Table.Tr key={r.task_id}>
                <Table.Td className={classes.taskName}>
                  <Anchor
                    renderRoot={(props) => (
                      <Link
                        {...props}
                        to="/projects/$project_id/tasks"
                        params={{ project_id: String(project_id) }}
                        search={{
                          filter: { conditions: [{ field: 'id', op: 'any_of', value: [r.task_id] }] },
                          task: r.task_id,
                        }}
                        aria-label={t('operations.results.open_task', { name: r.name || `#${r.task_id}` })}
                      />
                    )}
                  >
                    {r.name || `#${r.task_id}`}
                  </Anchor>
                </Table.Td>
                <Table.Td className={classes.outcome} data-outcome={r.outcome ?? undefined}>
                  {r.outcome === null ? t('operations.results.not_reached') : t(`operations.results.${r.outcome}`)}
                  {r.reason && (
                    <div className={classes.quiet}>
                      {[reasonWords(r.reason, t), r.person_name].filter(Boolean).join(' · ')}
                    </div>
                  )}
                </Table.Td>
              </Table.Tr>
            )}
          </LongRows>
        </Table>
      )}
      {list.hasNextPage && (
        <Button
          variant="subtle"
          fullWidth
          mt={8}
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('operations.results.more')}
        </Button>
      )}
    </>
  )
}

function reasonWords(reason: string, t: TFunction): string {
  return (REFUSALS as readonly string[]).includes(reason) ? t(`operations.refusal.${reason as Refusal}`) : reason
}
