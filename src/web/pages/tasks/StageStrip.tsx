// The counts above everything: each stage, skipped, returned, which change the filter; at the right, figures that lead to their tasks.
import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../model/filter.ts'
import type { TaskFieldName } from '../../../model/task-fields.ts'
import type { Workflow } from '../../../model/workflow.ts'
import { formatNumber } from '../../format.ts'
import type { ReplyOf } from '../../queries.ts'
import { stageColor } from '../../ui/StageBadge.tsx'
import { Glyph } from './cells/Glyph.tsx'
import { hasChoice, hasFlag, toggleChoice, toggleFlag } from './filter/filter-edit.ts'
import { Figures } from './glance/Figures.tsx'
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
      </div>
      <Figures summary={summary} />
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
