// The counts above everything: each stage, skipped, returned, open; each a filter. At the right, what cannot be filtered by.
import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../model/filter.ts'
import type { TaskFieldName } from '../../../model/task-fields.ts'
import type { Workflow } from '../../../model/workflow.ts'
import { formatDuration, formatMoment, formatNumber } from '../../format.ts'
import type { ReplyOf } from '../../queries.ts'
import { Age } from '../../ui/Age.tsx'
import { stageColor } from '../../ui/StageBadge.tsx'
import { Glyph } from './cells/Glyph.tsx'
import { hasChoice, hasFlag, toggleChoice, toggleFlag } from './filter/filter-edit.ts'
import classes from './strip.module.css'

type Props = {
  summary: ReplyOf<'get_task_summary'> | undefined
  workflow: Workflow
  filter: Filter
  onFilter: (filter: Filter) => void
}

export function StageStrip({ summary, workflow, filter, onFilter }: Props) {
  const { t } = useTranslation()
  const flag = (field: TaskFieldName) => ({
    isOn: hasFlag(filter, field),
    onPress: () => onFilter(toggleFlag(filter, field)),
  })
  const open = summary?.stages.reduce((sum, s) => sum + s.open, 0) ?? 0
  return (
    <div className={classes.strip}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and a form’s look */}
      <div className={classes.counts} role="group" aria-label={t('tasks.strip.label')}>
        {workflow.map((stage) => (
          <Toggle
            key={stage.id}
            icon={<Glyph name={stage.kind} color={stageColor(stage.kind)} />}
            name={stage.name}
            count={summary?.stages.find((s) => s.stage_id === stage.id)?.total}
            isOn={hasChoice(filter, 'stage_id', stage.id)}
            onPress={() => onFilter(toggleChoice(filter, 'stage_id', stage.id))}
          />
        ))}
        <span className={classes.rule} aria-hidden />
        <Toggle
          icon={<Glyph name="skipped" color="var(--mark-skipped)" />}
          name={t('tasks.strip.skipped')}
          count={summary?.skipped}
          {...flag('is_skipped')}
        />
        <Toggle
          icon={<Glyph name="returned" color="var(--mark-returned)" />}
          name={t('tasks.strip.returned')}
          count={summary?.returned}
          {...flag('is_returned')}
        />
        {(open > 0 || hasFlag(filter, 'is_open')) && (
          <Toggle
            icon={<Glyph name="open" color="var(--stage-label)" />}
            name={t('tasks.strip.open')}
            count={open}
            {...flag('is_open')}
          />
        )}
        {((summary?.archived ?? 0) > 0 || hasFlag(filter, 'is_archived')) && (
          <Toggle
            icon={<Glyph name="archived" />}
            name={t('tasks.strip.archived')}
            count={summary?.archived}
            {...flag('is_archived')}
          />
        )}
      </div>
      {summary && (
        <dl className={classes.figures}>
          <Figure
            name={t('tasks.strip.oldest')}
            title={summary.oldest_queued_at ? formatMoment(summary.oldest_queued_at) : undefined}
          >
            {summary.oldest_queued_at ? <Age moment={summary.oldest_queued_at} /> : '–'}
          </Figure>
          <Figure name={t('tasks.strip.done_today')}>{formatNumber(summary.completed_today)}</Figure>
          <Figure name={t('tasks.strip.objects')}>{formatNumber(summary.objects)}</Figure>
          <Figure name={t('tasks.strip.time')}>{formatDuration(summary.duration_ms)}</Figure>
        </dl>
      )}
    </div>
  )
}

type ToggleProps = { icon: ReactNode; name: string; count: number | undefined; isOn: boolean; onPress: () => void }

function Toggle({ icon, name, count, isOn, onPress }: ToggleProps) {
  return (
    <button type="button" className={classes.toggle} aria-pressed={isOn} onClick={onPress}>
      {icon}
      {name}
      {count === undefined ? (
        <Skeleton width={28} height={12} />
      ) : (
        <span className={classes.count}>{formatNumber(count)}</span>
      )}
    </button>
  )
}

function Figure({ name, title, children }: { name: string; title?: string; children: ReactNode }) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
