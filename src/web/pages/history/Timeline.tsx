// Everything that happened to a task, newest first, in words.
import { Anchor, Button, SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core'
import { IconArrowNarrowRight } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplyOf } from '../../queries.ts'
import { useMay, useProjectId } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PersonAvatar } from '../../ui/PersonAvatar.tsx'
import { eventChanges } from './event-changes.ts'
import {
  EVENT_GROUPS,
  type EventGroup,
  type EventNames,
  eventSentence,
  isInGroup,
  type TimelineEvent,
} from './event-sentences.ts'
import classes from './history.module.css'

type Props = {
  query: UseQueryResult<ReplyOf<'get_task_history'>>
  names: EventNames
  isAudit: boolean
  onAudit: (isAudit: boolean) => void
}

export function Timeline({ query, names, isAudit, onAudit }: Props) {
  const { t } = useTranslation()
  const mayAudit = useMay('view_audit')
  const [group, setGroup] = useState<EventGroup | 'all'>('all')
  const groups = ['all', ...Object.keys(EVENT_GROUPS)] as (EventGroup | 'all')[]
  const events = (query.data?.events ?? []).filter((e) => group === 'all' || isInGroup(e.kind, group))
  return (
    <section className={classes.timeline} aria-label={t(isAudit ? 'tasks.history.audit' : 'tasks.history.timeline')}>
      <div className={classes.tools}>
        {mayAudit ? (
          <SegmentedControl
            aria-label={t('tasks.history.view')}
            value={isAudit ? 'audit' : 'timeline'}
            onChange={(value) => onAudit(value === 'audit')}
            data={[
              { value: 'timeline', label: t('tasks.history.timeline') },
              { value: 'audit', label: t('tasks.history.audit') },
            ]}
          />
        ) : (
          <Text fw={600}>{t('tasks.history.timeline')}</Text>
        )}
        <Select
          w={130}
          aria-label={t('tasks.history.filter')}
          value={group}
          onChange={(value) => setGroup(value as EventGroup | 'all')}
          data={groups.map((value) => ({ value, label: t(`tasks.history.group.${value}`) }))}
        />
      </div>
      {isAudit && (
        <Text size="xs" c="dimmed" mb={8}>
          {t('tasks.history.audit_text')}
        </Text>
      )}
      {query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Stack gap={14} aria-busy>
          {[0, 1, 2, 3].map((i) => (
            <Skeleton key={i} height={14} width={`${85 - i * 12}%`} />
          ))}
        </Stack>
      ) : (
        <>
          <ol className={classes.events}>
            {events.map((event) => (
              <Entry key={event.number} event={event} names={names} />
            ))}
          </ol>
          {events.length === 0 && (
            <Text c="dimmed">{t(group === 'all' ? 'tasks.history.empty' : 'tasks.history.nothing')}</Text>
          )}
          {query.data.hidden_count > 0 && (
            <Text size="xs" c="dimmed" mt={10}>
              {t('tasks.history.hidden', { count: query.data.hidden_count })}{' '}
              {mayAudit && (
                <Button variant="subtle" size="compact-xs" onClick={() => onAudit(true)}>
                  {t('tasks.history.see_audit')}
                </Button>
              )}
            </Text>
          )}
        </>
      )}
    </section>
  )
}

function Entry({ event, names }: { event: TimelineEvent; names: EventNames }) {
  const { t } = useTranslation()
  const mayOpen = useMay('run_operation')
  const project_id = String(useProjectId())
  const changes = eventChanges(event, names, t)
  const actor = event.actor_name ?? (event.actor_kind === 'system' ? t('tasks.history.system') : t('tasks.somebody'))
  const operation = event.operation_id !== null && { name: event.operation_name ?? '', id: event.operation_id }
  return (
    <li className={classes.event} data-kind={event.kind}>
      {event.actor_id === null ? (
        <span className={classes.systemDot} aria-hidden />
      ) : (
        <PersonAvatar id={event.actor_id} name={actor} size={20} />
      )}
      <div className={classes.what}>
        <span className={classes.actor}>
          {event.actor_kind === 'token' ? t('tasks.history.by_token', { name: actor }) : actor}
        </span>{' '}
        {eventSentence(event, names, t)}
        {changes.map((c) => (
          <div key={c.column} className={classes.change}>
            <span>{c.title}</span>
            <span className={classes.before}>{c.before}</span>
            <IconArrowNarrowRight size={13} aria-label="→" />
            <span>{c.after}</span>
          </div>
        ))}
        {event.note && <blockquote className={classes.note}>{event.note}</blockquote>}
        {operation &&
          (mayOpen ? (
            <Anchor
              size="xs"
              display="block"
              renderRoot={(props) => (
                <Link
                  {...props}
                  to="/projects/$project_id/operations"
                  params={{ project_id }}
                  search={{ open: operation.id }}
                  aria-label={t('tasks.history.open_operation', operation)}
                />
              )}
            >
              {t('tasks.history.operation', operation)}
            </Anchor>
          ) : (
            <Text size="xs" c="dimmed">
              {t('tasks.history.operation', operation)}
            </Text>
          ))}
      </div>
      <span className={classes.when}>
        <Age moment={event.at} />
      </span>
    </li>
  )
}
