// What the project has done and what waits longest, each number a link to its tasks.
import { Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration, formatMoment, formatNumber } from '../../../format.ts'
import type { ReplyOf } from '../../../queries.ts'
import { useProjectId } from '../../../session.tsx'
import { Age, useNow } from '../../../ui/Age.tsx'
import classes from '../strip.module.css'
import { PeopleButton } from './PeopleButton.tsx'
import { type Figure, tasksOfFigure } from './where-numbers-lead.ts'

type Summary = ReplyOf<'get_task_summary'>
const HOUR_MS = 3_600_000

export function Figures({ summary }: { summary: Summary | undefined }) {
  const { t } = useTranslation()
  const open = summary?.stages.reduce((sum, s) => sum + s.open, 0) ?? 0
  return (
    <div className={classes.figures}>
      <FigureLink figure="open" name={t('tasks.strip.open')} width={20}>
        {summary && formatNumber(open)}
      </FigureLink>
      <FigureLink
        figure="oldest"
        name={t('tasks.strip.oldest')}
        width={32}
        title={summary?.oldest_queued_at ? formatMoment(summary.oldest_queued_at) : undefined}
      >
        {summary && (summary.oldest_queued_at ? <Age moment={summary.oldest_queued_at} /> : '–')}
      </FigureLink>
      <FigureLink figure="done_today" name={t('tasks.strip.done_today')} width={32}>
        {summary && formatNumber(summary.completed_today)}
      </FigureLink>
      <FigureLink figure="objects" name={t('tasks.strip.objects')} width={48}>
        {summary && formatNumber(summary.objects)}
      </FigureLink>
      <FigureLink
        figure="time"
        name={t('tasks.strip.time')}
        width={48}
        title={summary && formatDuration(summary.duration_ms)}
      >
        {summary && shortTime(summary.duration_ms)}
      </FigureLink>
      <FigureLink figure="archived" name={t('tasks.strip.archived')} width={32}>
        {summary && formatNumber(summary.archived)}
      </FigureLink>
      <PeopleButton people={summary?.people} />
    </div>
  )
}

/** Hundreds of hours need no seconds. */
const shortTime = (ms: number): string =>
  ms < 100 * HOUR_MS ? formatDuration(ms) || '0s' : `${formatNumber(Math.round(ms / HOUR_MS))} h`

type Props = {
  figure: Figure
  name: string
  /** px that the number takes about, while it is on its way */
  width: number
  title?: string | undefined
  children: ReactNode
}

function FigureLink({ figure, name, width, title, children }: Props) {
  const now = useNow()
  return (
    <Link
      to="/projects/$project_id/tasks"
      params={{ project_id: String(useProjectId()) }}
      search={tasksOfFigure(figure, now)}
      preload={false}
      className={classes.figure}
      title={title}
    >
      <span className={classes.figureName}>{name}</span>{' '}
      {children ?? <Skeleton component="span" width={width} height={10} style={{ display: 'inline-block' }} />}
    </Link>
  )
}
