// Why this task is shown for viewing only.
import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ReplyOf } from '../../queries.ts'
import { useMe, useProject } from '../../session.tsx'
import classes from './label.module.css'
import { viewingReason } from './viewing-reason.ts'

type Props = {
  view: ReplyOf<'get_task'>
  refusal: { code: string; text: string }
  onNext: () => void
  /** Takes it from another tab of this person. */
  onTake: () => void
  onBack: () => void
}

export default function ViewingBar({ view, refusal, onNext, onTake, onBack }: Props) {
  const { t } = useTranslation()
  const project = useProject()
  const reason = viewingReason(view.task, project.stages, useMe().id, refusal)
  const isOtherTab = reason.key === 'other_tab'
  const nameOf = (id: number | null) => view.people.find((p) => p.id === id)?.name ?? t('label.view.somebody')
  const text =
    reason.key === 'other'
      ? reason.text
      : t(`label.view.${reason.key}`, {
          name: 'person_id' in reason ? nameOf(reason.person_id) : '',
          stage: 'stage' in reason ? reason.stage : '',
        })
  return (
    <div className={classes.bar} data-kind="viewing" role="status">
      <IconLock size={16} aria-hidden />
      <span>
        <strong>{t('label.mark.read_only')}</strong> {text}
      </span>
      {reason.key === 'other_kind' && (
        <Button
          size="compact-xs"
          renderRoot={(props) => (
            <Link
              {...props}
              to={`/projects/$project_id/${reason.kind}`}
              params={{ project_id: String(project.id) }}
              search={{ task: view.task.id }}
            />
          )}
        >
          {t(`label.view.open_${reason.kind}`)}
        </Button>
      )}
      <Button variant="default" size="compact-xs" onClick={isOtherTab ? onTake : onNext}>
        {t(isOtherTab ? 'label.act.take_here' : 'label.act.next')}
      </Button>
      <Button variant="subtle" size="compact-xs" onClick={onBack}>
        {t('label.act.back')}
      </Button>
    </div>
  )
}
