// The project in numbers; each number leads to its tasks.
import { Button, Text } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration, formatNumber } from '../../format.ts'
import { type ReplyOf, schemaQuery, summaryQuery } from '../../queries.ts'
import { useMay, useProject } from '../../session.tsx'
import { filterOf } from '../../task-search.ts'
import { Age } from '../../ui/Age.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { RowsSkeleton } from '../../ui/Skeletons.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import classes from './overview.module.css'
import { PeopleTable } from './PeopleTable.tsx'
import { ProblemTable } from './ProblemTable.tsx'
import { SplitTable, StageTable } from './StageTable.tsx'
import { TasksLink } from './TasksLink.tsx'

type Summary = ReplyOf<'get_task_summary'>

export default function OverviewPage() {
  const { t } = useTranslation()
  const project = useProject()
  const summary = useQuery(summaryQuery(project.id))
  const mayManage = useMay('manage_project')
  return (
    <Page title={t('overview.title')} description={project.description || undefined}>
      <Loaded query={summary} skeleton={<RowsSkeleton rows={10} />}>
        {(s) =>
          s.total === 0 && s.archived === 0 ? (
            <NoTasks mayManage={mayManage} />
          ) : (
            <>
              <Figures summary={s} />
              {mayManage && <NextStep summary={s} />}
              <ProblemTable />
              <div className={classes.columns}>
                <StageTable summary={s} />
                <SplitTable summary={s} />
              </div>
              <PeopleTable people={s.people} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function Figures({ summary: s }: { summary: Summary }) {
  const { t } = useTranslation()
  const { stages } = useProject()
  const completed = stages.find((stage) => stage.kind === 'completed')
  const done = s.stages.find((row) => row.stage_id === completed?.id)?.total ?? 0
  const open = s.stages.reduce((sum, row) => sum + row.open, 0)
  return (
    <dl className={classes.figures}>
      <Figure
        name={t('overview.tasks')}
        note={
          s.archived > 0 && (
            <TasksLink
              filter={filterOf({ field: 'is_archived', op: 'equals', value: true })}
            >{`${t('overview.archived')} ${formatNumber(s.archived)}`}</TasksLink>
          )
        }
      >
        <TasksLink isAll>{formatNumber(s.total)}</TasksLink>
      </Figure>
      <Figure
        name={t('overview.completed')}
        note={s.completed_today > 0 && t('overview.completed_today', { count: s.completed_today })}
      >
        <TasksLink filter={filterOf({ field: 'stage_id', op: 'any_of', value: [completed?.id ?? 0] })}>
          {formatNumber(done)}
        </TasksLink>
      </Figure>
      <Figure name={t('overview.objects')}>
        <TasksLink filter={filterOf({ field: 'object_count', op: 'between', value: [1, null] })}>
          {formatNumber(s.objects)}
        </TasksLink>
      </Figure>
      <Figure
        name={t('overview.time')}
        note={
          s.objects > 0 &&
          s.duration_ms > 0 &&
          t('overview.per_object', { time: formatDuration(Math.max(1000, toSecond(s.duration_ms / s.objects))) })
        }
      >
        <TasksLink filter={filterOf({ field: 'duration_ms', op: 'between', value: [1, null] })}>
          {formatDuration(s.duration_ms)}
        </TasksLink>
      </Figure>
      <Figure name={t('overview.open_now')}>
        <TasksLink filter={filterOf({ field: 'is_open', op: 'equals', value: true })}>{formatNumber(open)}</TasksLink>
      </Figure>
      <Figure name={t('overview.returned')}>
        <TasksLink filter={filterOf({ field: 'is_returned', op: 'equals', value: true })}>
          {formatNumber(s.returned)}
        </TasksLink>
      </Figure>
      <Figure name={t('overview.skipped')}>
        <TasksLink filter={filterOf({ field: 'is_skipped', op: 'equals', value: true })}>
          {formatNumber(s.skipped)}
        </TasksLink>
      </Figure>
      <Figure name={t('overview.oldest')}>
        {s.oldest_queued_at ? (
          <TasksLink filter={filterOf({ field: 'queued_at', op: 'is_not_empty' })} sort="queued_at">
            <Age moment={s.oldest_queued_at} />
          </TasksLink>
        ) : (
          '–'
        )}
      </Figure>
    </dl>
  )
}

function Figure({ name, note, children }: { name: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd>
        <div className={classes.value}>{children}</div>
        {note && <div className={classes.note}>{note}</div>}
      </dd>
    </div>
  )
}

/** What a manager does first in a new project: classes, then release. */
function NextStep({ summary }: { summary: Summary }) {
  const { t } = useTranslation()
  const { id, stages } = useProject()
  const schema = useQuery(schemaQuery(id))
  const prepare = stages.find((s) => s.kind === 'prepare')
  const inPrepare = summary.stages.find((row) => row.stage_id === prepare?.id)?.total ?? 0
  const params = { project_id: String(id) }
  if (schema.data?.schema.classes.every((c) => c.is_removed))
    return (
      <Text className={classes.step}>
        {t('overview.step_classes')}{' '}
        <TextLink to="/projects/$project_id/schema" params={params}>
          {t('overview.open_schema')}
        </TextLink>
      </Text>
    )
  if (inPrepare === 0 || inPrepare < summary.total) return null
  return (
    <Text className={classes.step}>
      {t('overview.step_release')} <TasksLink isLinkColored>{t('overview.open_tasks')}</TasksLink>
    </Text>
  )
}

function NoTasks({ mayManage }: { mayManage: boolean }) {
  const { t } = useTranslation()
  const { id } = useProject()
  return (
    <EmptyState
      icon={<IconPhoto size={28} stroke={1.5} />}
      title={t('overview.no_tasks')}
      action={
        mayManage && (
          <Button
            renderRoot={(props) => (
              <Link {...props} to="/projects/$project_id/assets" params={{ project_id: String(id) }} />
            )}
          >
            {t('overview.add_images')}
          </Button>
        )
      }
    >
      {mayManage ? t('overview.no_tasks_text') : t('assets.empty_viewer')}
    </EmptyState>
  )
}

const toSecond = (ms: number): number => Math.round(ms / 1000) * 1000
