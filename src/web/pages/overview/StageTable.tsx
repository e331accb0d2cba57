// Where the tasks stand: one bar over all, then a row per stage and per split.
import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SPLITS } from '../../../model/task.ts'
import { formatNumber, formatShare } from '../../format.ts'
import type { ReplyOf } from '../../queries.ts'
import { useProject } from '../../session.tsx'
import { filterOf } from '../../task-search.ts'
import { Section } from '../../ui/Page.tsx'
import { SplitBadge, splitFill } from '../../ui/SplitBadge.tsx'
import { StageBadge, stageFill } from '../../ui/StageBadge.tsx'
import classes from './overview.module.css'
import { TasksLink } from './TasksLink.tsx'

type Summary = ReplyOf<'get_task_summary'>

export function StageTable({ summary }: { summary: Summary }) {
  const { t } = useTranslation()
  const { stages } = useProject()
  const rows = stages.map((stage) => ({ stage, row: summary.stages.find((r) => r.stage_id === stage.id) }))
  const inStage = (id: number) => ({ field: 'stage_id', op: 'any_of', value: [id] }) as const
  return (
    <Section title={t('overview.stages')}>
      <Bar
        parts={rows.map(({ stage, row }) => ({
          name: stage.name,
          color: stageFill(stage.kind),
          total: row?.total ?? 0,
        }))}
      />
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('overview.stage')}</Table.Th>
            <Table.Th ta="right">{t('overview.tasks')}</Table.Th>
            <Table.Th ta="right">{t('overview.share')}</Table.Th>
            <Table.Th ta="right">{t('overview.unassigned')}</Table.Th>
            <Table.Th ta="right">{t('overview.open_now')}</Table.Th>
            <Table.Th ta="right">{t('overview.returned')}</Table.Th>
            <Table.Th ta="right">{t('overview.skipped')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ stage, row }) => (
            <Table.Tr key={stage.id}>
              <Table.Td>
                <TasksLink filter={filterOf(inStage(stage.id))}>
                  <StageBadge kind={stage.kind} name={stage.name} />
                </TasksLink>
              </Table.Td>
              <NumberCell n={row?.total ?? 0} filter={filterOf(inStage(stage.id))} label={stage.name} />
              <Table.Td ta="right">{summary.total > 0 ? formatShare((row?.total ?? 0) / summary.total) : '–'}</Table.Td>
              <NumberCell
                n={row?.unassigned ?? 0}
                filter={filterOf(inStage(stage.id), { field: 'assignee_id', op: 'is_empty' })}
                label={`${stage.name}, ${t('overview.unassigned')}`}
              />
              <NumberCell
                n={row?.open ?? 0}
                filter={filterOf(inStage(stage.id), { field: 'is_open', op: 'equals', value: true })}
                label={`${stage.name}, ${t('overview.open_now')}`}
              />
              <NumberCell
                n={row?.returned ?? 0}
                filter={filterOf(inStage(stage.id), { field: 'is_returned', op: 'equals', value: true })}
                label={`${stage.name}, ${t('overview.returned')}`}
              />
              <NumberCell
                n={row?.skipped ?? 0}
                filter={filterOf(inStage(stage.id), { field: 'is_skipped', op: 'equals', value: true })}
                label={`${stage.name}, ${t('overview.skipped')}`}
              />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  )
}

export function SplitTable({ summary }: { summary: Summary }) {
  const { t } = useTranslation()
  const { splits, total } = summary
  const parts = SPLITS.map((split) => ({ name: split, color: splitFill(split), total: splits[split] }))
  return (
    <Section title={t('overview.splits')}>
      <Bar parts={[...parts, { name: t('overview.none'), color: 'var(--line-strong)', total: splits.none }]} />
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('overview.splits')}</Table.Th>
            <Table.Th ta="right">{t('overview.tasks')}</Table.Th>
            <Table.Th ta="right">{t('overview.share')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {SPLITS.map((split) => (
            <Table.Tr key={split}>
              <Table.Td>
                <SplitBadge split={split} />
              </Table.Td>
              <NumberCell
                n={splits[split]}
                filter={filterOf({ field: 'split', op: 'any_of', value: [split] })}
                label={split}
              />
              <Table.Td ta="right">{total > 0 ? formatShare(splits[split] / total) : '–'}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Td c="dimmed">{t('overview.none')}</Table.Td>
            <NumberCell
              n={splits.none}
              filter={filterOf({ field: 'split', op: 'is_empty' })}
              label={t('overview.none')}
            />
            <Table.Td ta="right">{total > 0 ? formatShare(splits.none / total) : '–'}</Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Section>
  )
}

function NumberCell({
  n,
  filter,
  label,
}: {
  n: number
  filter: Parameters<typeof TasksLink>[0]['filter']
  label: string
}) {
  return (
    <Table.Td ta="right">
      {n === 0 ? (
        <span className={classes.zero}>0</span>
      ) : (
        <TasksLink filter={filter} aria-label={`${label}: ${formatNumber(n)}`}>
          {formatNumber(n)}
        </TasksLink>
      )}
    </Table.Td>
  )
}

function Bar({ parts }: { parts: { name: string; color: string; total: number }[] }) {
  const shown = parts.filter((p) => p.total > 0)
  const label = shown.map((p) => `${p.name} ${formatNumber(p.total)}`).join(', ')
  return (
    <div className={classes.bar} role="img" aria-label={label}>
      {shown.map((p) => (
        <span
          key={p.name}
          style={{ flexGrow: p.total, background: p.color }}
          title={`${p.name} ${formatNumber(p.total)}`}
        />
      ))}
    </div>
  )
}
