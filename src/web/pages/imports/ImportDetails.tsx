// One import: its state, the report to confirm, and what became of each file.
import { Alert, Button, Group, Progress, Select, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ITEM_OUTCOMES } from '../../../contract/assets.ts'
import { api } from '../../api.ts'
import { formatMoment, formatNumber } from '../../format.ts'
import type { ImportRow } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { ErrorState, FormError } from '../../ui/ErrorState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Section } from '../../ui/Page.tsx'
import { RowsSkeleton } from '../../ui/Skeletons.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { ImportReport } from './ImportReport.tsx'
import { ImportStateBadge } from './ImportStateBadge.tsx'
import classes from './imports.module.css'

const REFRESH_MS = 1000
const ITEMS_PAGE = 200

export default function ImportDetails({ import_id, onClose }: { import_id: number; onClose: () => void }) {
  const project_id = useProjectId()
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['project', project_id, 'import', import_id],
    queryFn: ({ signal }) => api.get_import({ project_id, import_id }, { signal }),
    refetchInterval: (q) => (q.state.data?.state === 'running' ? REFRESH_MS : false),
  })
  const state = query.data?.state
  const before = useRef(state)
  useEffect(() => {
    // When it ends, the tasks, the schema and the lists are old.
    if (before.current === 'running' && state !== 'running')
      void client.invalidateQueries({ queryKey: ['project', project_id] })
    before.current = state
  }, [state, client, project_id])
  return (
    <Loaded query={query} skeleton={<RowsSkeleton rows={8} />}>
      {(i) => (
        <Stack gap="md">
          <Head row={i} />
          {i.error && <Alert color="red">{i.error}</Alert>}
          {i.kind === 'annotations' && i.report && <ImportReport row={i} report={i.report} onClose={onClose} />}
          {i.state === 'done' && i.kind === 'annotations' && <Done row={i} />}
          <Items row={i} />
        </Stack>
      )}
    </Loaded>
  )
}

function Head({ row }: { row: ImportRow }) {
  const { t } = useTranslation()
  const received = row.created_count + row.duplicate_count + row.rejected_count
  return (
    <>
      <Group justify="space-between">
        <ImportStateBadge state={row.state} />
        <Text c="dimmed">
          {row.actor_name} · {formatMoment(row.created_at)}
        </Text>
      </Group>
      {row.state === 'running' && <Running row={row} received={received} />}
      {row.kind === 'images' && (
        <dl className={classes.facts}>
          <dt>{t('imports.added')}</dt>
          <dd>{formatNumber(row.created_count)}</dd>
          <dt>{t('imports.duplicate')}</dt>
          <dd>{formatNumber(row.duplicate_count)}</dd>
          <dt>{t('imports.rejected')}</dt>
          <dd>{formatNumber(row.rejected_count)}</dd>
        </dl>
      )}
    </>
  )
}

/** Files that arrive, or, once confirmed, tasks that the operation has changed. */
function Running({ row, received }: { row: ImportRow; received: number }) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const operation = useQuery({
    queryKey: ['project', project_id, 'operation', row.operation_id],
    queryFn: ({ signal }) => api.get_operation({ project_id, operation_id: row.operation_id ?? 0 }, { signal }),
    enabled: row.operation_id !== null,
    refetchInterval: REFRESH_MS,
  })
  const done = operation.data ? operation.data.applied + operation.data.unchanged + operation.data.refused : received
  const total = operation.data?.total ?? row.total
  return (
    <div role="status">
      <Progress value={total ? (done / total) * 100 : 100} animated={!total} aria-label={t('imports.state.running')} />
      {total !== null && (
        <Text size="xs" c="dimmed" mt={4}>
          {operation.data
            ? t('imports.applying', { done: formatNumber(done), total: formatNumber(total) })
            : t('imports.uploading', { done: formatNumber(done), total: formatNumber(total) })}
        </Text>
      )}
    </div>
  )
}

function Done({ row }: { row: ImportRow }) {
  const { t } = useTranslation()
  const params = { project_id: String(useProjectId()) }
  return (
    <Group gap="md">
      <Text fw={500}>{t('imports.finished')}</Text>
      <TextLink to="/projects/$project_id/tasks" params={params}>
        {t('imports.see_tasks')}
      </TextLink>
      {row.operation_id && (
        <TextLink to="/projects/$project_id/operations" params={params} search={{ open: row.operation_id }}>
          {t('imports.see_operation')}
        </TextLink>
      )}
    </Group>
  )
}

function Items({ row }: { row: ImportRow }) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const [outcome, setOutcome] = useState<(typeof ITEM_OUTCOMES)[number] | 'all'>(
    row.rejected_count > 0 ? 'rejected' : 'all',
  )
  const items = useInfiniteQuery({
    queryKey: ['project', project_id, 'import', row.id, 'items', outcome, row.state],
    queryFn: ({ pageParam, signal }) =>
      api.list_import_items(
        {
          project_id,
          import_id: row.id,
          limit: ITEMS_PAGE,
          after: pageParam,
          ...(outcome === 'all' ? {} : { outcome }),
        },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next_after,
  })
  const list = items.data?.pages.flatMap((p) => p.items) ?? []
  const choices =
    row.kind === 'images'
      ? (['created', 'duplicate', 'rejected'] as const)
      : (['matched', 'unmatched', 'rejected'] as const)
  return (
    <Section
      title={t('imports.items')}
      actions={
        <Select
          w={150}
          aria-label={t('imports.outcome')}
          value={outcome}
          onChange={(value) => setOutcome((value ?? 'all') as typeof outcome)}
          data={[
            { value: 'all', label: t('imports.all') },
            ...choices.map((value) => ({ value, label: t(`imports.outcomes.${value}`) })),
          ]}
        />
      }
    >
      {items.data && <FormError error={items.error} />}
      {items.isLoadingError ? (
        <ErrorState error={items.error} onRetry={() => void items.refetch()} />
      ) : items.isPending ? (
        <RowsSkeleton rows={5} />
      ) : list.length === 0 ? (
        <Text c="dimmed">{t('imports.no_items')}</Text>
      ) : (
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('imports.file')}</Table.Th>
              <Table.Th w={130}>{t('imports.outcome')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.map((item) => (
              <Table.Tr key={item.number}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  {item.name}
                  {item.reason && <div style={{ color: 'var(--text-quiet)', fontSize: 12 }}>{item.reason}</div>}
                </Table.Td>
                <Table.Td c={item.outcome === 'rejected' ? 'var(--mark-returned)' : undefined}>
                  {t(`imports.outcomes.${item.outcome}`)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {items.hasNextPage && (
        <Button variant="default" mt={8} loading={items.isFetchingNextPage} onClick={() => void items.fetchNextPage()}>
          {t('action.more')}
        </Button>
      )}
    </Section>
  )
}
