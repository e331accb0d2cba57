// No task: why, with the counts, and what can be done about it.
import { Button } from '@mantine/core'
import { IconCircleCheck, IconInbox } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { EmptyQueue } from '../../../model/queue.ts'
import { useProject } from '../../session.tsx'
import { filterOf } from '../../task-search.ts'
import { type EmptyAdvice, explainEmpty } from './empty-queue.ts'
import classes from './start.module.css'

type Props = { empty: EmptyQueue; kind: 'label' | 'review' /** In the queue by now. */; waiting: number }

export function EmptyReasons({ empty, kind, waiting }: Props) {
  const { t } = useTranslation()
  const project = useProject()
  const { isAllDone, reasons, advice } = explainEmpty(empty, project.role, kind)
  const Icon = isAllDone ? IconCircleCheck : IconInbox
  return (
    <section className={classes.empty} aria-live="polite">
      <Icon size={30} stroke={1.4} className={classes.icon} aria-hidden />
      <h2 className={classes.lead}>{t(isAllDone ? 'label.empty.all_done' : 'label.empty.title')}</h2>
      {empty.total === 0 ? (
        <p>{t('label.empty.no_tasks')}</p>
      ) : (
        <>
          <p>{t('label.empty.total', { count: empty.total })}</p>
          <ul className={classes.reasons}>
            {reasons.map(({ key, count }) => (
              <li key={key}>{t(`label.empty.${key as ReasonKey}`, { count })}</li>
            ))}
          </ul>
        </>
      )}
      <p className={classes.advice}>
        {waiting > 0 ? t('label.empty.arrived', { count: waiting }) : t(`label.empty.advice.${advice}`)}
      </p>
      {waiting === 0 && <Way advice={advice} project_id={String(project.id)} />}
    </section>
  )
}

type ReasonKey =
  | 'in_label' | 'open_by_others' | 'assigned_to_others' | 'own_work' | 'skipped_by_me' | 'skipped' | 'in_prepare' | 'waiting_for_review'
  | 'completed' // biome-ignore format: one list

/** The link to where it can be done. */
function Way({ advice, project_id }: { advice: EmptyAdvice; project_id: string }) {
  const { t } = useTranslation()
  const params = { project_id }
  const skipped = { filter: filterOf({ field: 'is_skipped', op: 'equals', value: true }) }
  switch (advice) {
    case 'add_images':
      return (
        <Button renderRoot={(props) => <Link {...props} to="/projects/$project_id/assets" params={params} />}>
          {t('label.empty.go.add_images')}
        </Button>
      )
    case 'release':
      return (
        <Button renderRoot={(props) => <Link {...props} to="/projects/$project_id/tasks" params={params} />}>
          {t('label.empty.go.release')}
        </Button>
      )
    case 'clear_skip':
      return (
        <Button
          renderRoot={(props) => <Link {...props} to="/projects/$project_id/tasks" params={params} search={skipped} />}
        >
          {t('label.empty.go.clear_skip')}
        </Button>
      )
    case 'review':
      return (
        <Button renderRoot={(props) => <Link {...props} to="/projects/$project_id/review" params={params} />}>
          {t('label.empty.go.review')}
        </Button>
      )
    default:
      return null
  }
}
