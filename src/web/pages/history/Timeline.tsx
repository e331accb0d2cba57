// Everything that happened to a task, newest first, in words. Long ones come in pages as they are scrolled to.
import { Button, SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EVENT_GROUP_NAMES, type EventGroup } from '../../../model/event-groups.ts'
import { useMay } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LongList, type Place } from '../../ui/LongList.tsx'
import { PersonAvatar } from '../../ui/PersonAvatar.tsx'
import { EventText } from './EventText.tsx'
import type { EventNames, TimelineEvent } from './event-sentences.ts'
import classes from './history.module.css'
import { type Timeline as TimelineState, useTimeline } from './use-timeline.ts'

export function Timeline({ task_id }: { task_id: number }) {
  const { t } = useTranslation()
  const mayAudit = useMay('view_audit')
  const timeline = useTimeline(task_id)
  const { events, isAudit, hidden_count } = timeline
  const isFiltered = timeline.group !== null || timeline.person_id !== null
  return (
    <section className={classes.timeline} aria-label={t(isAudit ? 'tasks.history.audit' : 'tasks.history.timeline')}>
      {mayAudit && (
        <SegmentedControl
          fullWidth
          mb={8}
          aria-label={t('tasks.history.view')}
          value={isAudit ? 'audit' : 'timeline'}
          onChange={(value) => timeline.showAudit(value === 'audit')}
          data={[
            { value: 'timeline', label: t('tasks.history.timeline') },
            { value: 'audit', label: t('tasks.history.audit') },
          ]}
        />
      )}
      <Filters timeline={timeline} />
      {isAudit && (
        <Text size="xs" c="dimmed" mb={8}>
          {t('tasks.history.audit_text')}
        </Text>
      )}
      {events === undefined ? (
        timeline.error ? (
          <ErrorState error={timeline.error} onRetry={timeline.retry} />
        ) : (
          <Stack gap={14} aria-busy>
            {[0, 1, 2, 3].map((i) => (
              <Skeleton key={i} height={14} width={`${85 - i * 12}%`} />
            ))}
          </Stack>
        )
      ) : (
        <>
          <LongList items={events} hasMore={timeline.hasMore}>
            {(event, place) => (
              <Entry
                key={event.number}
                event={event}
                names={timeline.names}
                place={place}
                isLast={event === events.at(-1)}
              />
            )}
          </LongList>
          {/* A new one after each page: an observer that saw the end all along would not speak again. */}
          {timeline.readMore && <Earlier key={events.length} onReach={timeline.readMore} />}
          {events.length === 0 && (
            <Text c="dimmed">{t(isFiltered ? 'tasks.history.nothing' : 'tasks.history.empty')}</Text>
          )}
          {hidden_count > 0 && !isAudit && (
            <Text size="xs" c="dimmed" mt={10}>
              {t('tasks.history.hidden', { count: hidden_count })}{' '}
              {mayAudit && (
                <Button variant="subtle" size="compact-xs" onClick={() => timeline.showAudit(true)}>
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

function Filters({ timeline }: { timeline: TimelineState }) {
  const { t } = useTranslation()
  const { actors, person_id } = timeline
  // Who did nothing that this view shows stays chosen, or the choice could not be seen.
  const chosen = person_id !== null && !actors.some((a) => a.id === person_id) ? person_id : null
  return (
    <div className={classes.tools}>
      <Select
        aria-label={t('tasks.history.filter')}
        value={timeline.group ?? 'all'}
        onChange={(value) => timeline.setGroup(value === 'all' ? null : (value as EventGroup))}
        data={(['all', ...EVENT_GROUP_NAMES] as const).map((value) => ({
          value,
          label: t(`tasks.history.group.${value}`),
        }))}
        allowDeselect={false}
      />
      <Select
        aria-label={t('tasks.history.by_person')}
        value={person_id === null ? 'all' : String(person_id)}
        onChange={(value) => timeline.setPerson(value === 'all' ? null : Number(value))}
        data={[
          { value: 'all', label: t('tasks.history.anybody') },
          ...actors.map((a) => ({ value: String(a.id), label: a.name })),
          ...(chosen === null ? [] : [{ value: String(chosen), label: `#${chosen}` }]),
        ]}
        allowDeselect={false}
        searchable={actors.length > 8}
      />
    </div>
  )
}

type EntryProps = { event: TimelineEvent; names: EventNames; place: Place; isLast: boolean }

/** Drawn anew only if its event is another one: a long timeline is renewed often. */
const Entry = memo(
  function Entry({ event, names, place, isLast }: EntryProps) {
    return (
      <div className={classes.event} data-kind={event.kind} data-last={isLast || undefined} {...place}>
        {event.actor_id === null ? (
          <span className={classes.systemDot} aria-hidden />
        ) : (
          <PersonAvatar id={event.actor_id} name={event.actor_name ?? ''} size={20} />
        )}
        <div className={classes.what}>
          <EventText event={event} names={names} />
        </div>
        <span className={classes.when}>
          <Age moment={event.at} />
        </span>
      </div>
    )
  },
  (a, b) =>
    a.names === b.names &&
    a.event === b.event &&
    a.isLast === b.isLast &&
    a.place['aria-posinset'] === b.place['aria-posinset'] &&
    a.place['aria-setsize'] === b.place['aria-setsize'],
)

/** The end of what was read: reads on when it comes into sight, or when it is pressed. */
function Earlier({ onReach }: { onReach: () => void }) {
  const { t } = useTranslation()
  const ref = useRef<HTMLButtonElement>(null)
  const latest = useRef(onReach)
  latest.current = onReach
  useEffect(() => {
    // A busy page tells several sights at once, the last of them the newest.
    const onSight = (sights: IntersectionObserverEntry[]) => sights.at(-1)?.isIntersecting && latest.current()
    const seen = new IntersectionObserver(onSight, { rootMargin: '400px' })
    if (ref.current) seen.observe(ref.current)
    return () => seen.disconnect()
  }, [])
  return (
    <Button ref={ref} variant="subtle" size="compact-sm" fullWidth onClick={onReach}>
      {t('tasks.history.earlier')}
    </Button>
  )
}
