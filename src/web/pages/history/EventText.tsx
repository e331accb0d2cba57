// One event in words: the actor, what they did, and what else it changed, before → after.
import { Anchor, Text } from '@mantine/core'
import { IconArrowNarrowRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay, useProjectId } from '../../session.tsx'
import { eventChanges } from './event-changes.ts'
import { type EventNames, entriesCleared, eventSentence, type TimelineEvent } from './event-sentences.ts'
import classes from './history.module.css'

type Props = {
  event: TimelineEvent
  names: EventNames
  /** Under its operation, which says who did it. */
  isPart?: boolean
}

export function EventText({ event, names, isPart = false }: Props) {
  const { t } = useTranslation()
  const actor = useActorName(event)
  return (
    <>
      {isPart ? (
        eventSentence(event, names, t)
      ) : event.kind === 'history_cleared' ? (
        <span>{t('tasks.history.history_cleared_by', { actor, count: entriesCleared(event) ?? 0 })}</span>
      ) : (
        <>
          <span className={classes.actor}>{actor}</span> {eventSentence(event, names, t)}
        </>
      )}
      {eventChanges(event, names, t).map((c) => (
        <div key={c.column} className={classes.change}>
          {c.words !== null ? (
            <span>{c.words}</span>
          ) : (
            <>
              <span className={classes.quiet}>{c.title}</span>
              <span className={classes.before}>{c.before}</span>
              <IconArrowNarrowRight size={13} aria-label="→" />
              <span>{c.after}</span>
            </>
          )}
        </div>
      ))}
      {event.note && <blockquote className={classes.note}>{event.note}</blockquote>}
      {!isPart && event.operation_id !== null && (
        <OperationLink id={event.operation_id} name={event.operation_name ?? ''} />
      )}
    </>
  )
}

/** The name that an entry begins with; a token's name is its person's. */
export function useActorName(of: Pick<TimelineEvent, 'actor_kind' | 'actor_name'>): string {
  const { t } = useTranslation()
  const name = of.actor_name ?? (of.actor_kind === 'system' ? t('tasks.history.system') : t('tasks.somebody'))
  return of.actor_kind === 'token' ? t('tasks.history.by_token', { name }) : name
}

function OperationLink({ id, name }: { id: number; name: string }) {
  const { t } = useTranslation()
  const mayOpen = useMay('run_operation')
  const project_id = String(useProjectId())
  if (!mayOpen)
    return (
      <Text size="xs" c="dimmed">
        {t('tasks.history.operation', { name, id })}
      </Text>
    )
  return (
    <Anchor
      size="xs"
      display="block"
      renderRoot={(props) => (
        <Link
          {...props}
          to="/projects/$project_id/operations"
          params={{ project_id }}
          search={{ open: id }}
          aria-label={t('tasks.history.open_operation', { name, id })}
        />
      )}
    >
      {t('tasks.history.operation', { name, id })}
    </Anchor>
  )
}
