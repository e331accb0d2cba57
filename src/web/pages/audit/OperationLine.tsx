// A bulk operation in the log: one line with its counts, which opens up into what it did to each task.
import { Anchor, Button, Loader } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import type { ReplyOf } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LongList } from '../../ui/LongList.tsx'
import { EventText } from '../history/EventText.tsx'
import { useEventNames } from '../history/use-timeline.ts'
import { operationWords } from '../operations/operation-words.ts'
import { useOperationNames } from '../operations/use-operation-names.ts'
import { type AuditEntry, Sentence, TaskLink } from './AuditParts.tsx'
import classes from './audit.module.css'

type Operation = NonNullable<AuditEntry['operation']>

export function OperationLine({
  operation: o,
  actor,
  isOpen,
}: {
  operation: Operation
  actor: string
  isOpen: boolean
}) {
  const { t } = useTranslation()
  const project_id = String(useProjectId())
  const [isShown, setShown] = useState(isOpen)
  const id = useId()
  const words = operationWords(o, useOperationNames(), t)
  const named = { title: o.title, id: o.id }
  const done = o.applied + o.unchanged + o.refused
  return (
    <>
      <Sentence
        actor={actor}
        did={
          <>
            {t('audit.operation.ran')}{' '}
            <Anchor
              renderRoot={(props) => (
                <Link
                  {...props}
                  to="/projects/$project_id/operations"
                  params={{ project_id }}
                  search={{ open: o.id }}
                  aria-label={t('audit.operation.open', named)}
                />
              )}
            >
              {o.title} #{o.id}
            </Anchor>
            {o.applied > 0 && (
              <Button
                className={classes.toggle}
                variant="subtle"
                color="gray"
                size="compact-xs"
                leftSection={<IconChevronRight size={13} />}
                aria-expanded={isShown}
                aria-controls={id}
                aria-label={t('audit.operation.show', { ...named, count: o.applied })}
                onClick={() => setShown(!isShown)}
              >
                {t('count.task', { count: o.applied })}
              </Button>
            )}
          </>
        }
        parts={[
          ...words,
          o.state === 'running' && t('audit.operation.running', { done, total: o.total }),
          o.state !== 'running' && o.applied === 0 && t('audit.operation.nothing'),
          o.unchanged > 0 && t('audit.operation.unchanged', { count: o.unchanged }),
          o.refused > 0 && t('audit.operation.refused', { count: o.refused }),
          (o.state === 'cancelled' || o.state === 'failed') && t(`audit.operation.${o.state}`),
          o.undone_by_id !== null && t('audit.operation.undone_by', { id: o.undone_by_id }),
        ]}
      />
      <div id={id}>{isShown && <OperationEvents operation_id={o.id} />}</div>
    </>
  )
}

function OperationEvents({ operation_id }: { operation_id: number }) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const query = useInfiniteQuery({
    queryKey: ['project', project_id, 'operation-events', operation_id],
    queryFn: ({ pageParam, signal }) =>
      api.list_operation_events(
        { project_id, operation_id, ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  })
  const pages = query.data?.pages
  const people = useMemo(() => pages?.flatMap((p) => p.people) ?? [], [pages])
  const names = useEventNames(people)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (!pages) return <Loader size="xs" mt={6} aria-label={t('state.loading')} />
  return (
    <>
      <LongList items={byTask(pages.flatMap((p) => p.events))} hasMore={query.hasNextPage} className={classes.tasks}>
        {({ task, events }, place) => (
          <div key={task.id} className={classes.ofTask} {...place}>
            <TaskLink task={task} />
            <div>
              {events.map((event) => (
                <div key={event.number}>
                  <EventText event={event} names={names} isPart />
                </div>
              ))}
            </div>
          </div>
        )}
      </LongList>
      {query.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-xs"
          loading={query.isFetching}
          onClick={() => void query.fetchNextPage()}
        >
          {t('audit.operation.more')}
        </Button>
      )}
    </>
  )
}

type TaskEvent = ReplyOf<'list_operation_events'>['events'][number]

/** The reply has a task's events one after the other. */
function byTask(all: readonly TaskEvent[]) {
  const tasks = new Map<number, { task: TaskEvent['task']; events: TaskEvent['event'][] }>()
  for (const { task, event } of all) {
    const known = tasks.get(task.id)
    if (known) known.events.push(event)
    else tasks.set(task.id, { task, events: [event] })
  }
  return [...tasks.values()]
}
