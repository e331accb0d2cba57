// A task's timeline or audit log in pages, with the names that its events need.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { EventGroup } from '../../../model/event-groups.ts'
import { api } from '../../api.ts'
import { batchesQuery, type ReplyOf } from '../../queries.ts'
import { useMay, useProject } from '../../session.tsx'
import type { EventNames, TimelineEvent } from './event-sentences.ts'

type Page = ReplyOf<'get_task_history'>
export type Timeline = {
  /** Newest first, as many as were read; undefined until the first page is here. */
  events: TimelineEvent[] | undefined
  /** Entries that a cleanup hid from the timeline. */
  hidden_count: number
  actors: Page['actors']
  names: EventNames
  isAudit: boolean
  showAudit: (isAudit: boolean) => void
  group: EventGroup | null
  setGroup: (group: EventGroup | null) => void
  person_id: number | null
  setPerson: (id: number | null) => void
  error: Error | null
  retry: () => void
  hasMore: boolean
  /** Reads the next page; null when all is here or on its way. */
  readMore: (() => void) | null
}

export function useTimeline(task_id: number): Timeline {
  const project_id = useProject().id
  const [isAudit, showAudit] = useState(false)
  const [group, setGroup] = useState<EventGroup | null>(null)
  const [person_id, setPerson] = useState<number | null>(null)
  const query = useInfiniteQuery({
    queryKey: ['project', project_id, 'history', task_id, isAudit, group, person_id],
    queryFn: ({ pageParam, signal }) =>
      (isAudit ? api.get_task_audit : api.get_task_history)(
        {
          project_id,
          task_id,
          ...(group === null ? {} : { group }),
          ...(person_id === null ? {} : { person_id }),
          ...(pageParam === null ? {} : { before: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next_before,
    placeholderData: (last) => last,
    refetchOnMount: 'always',
  })
  const pages = query.data?.pages
  const people = useMemo(() => pages?.flatMap((p) => p.people) ?? [], [pages])
  return {
    events: useMemo(() => pages?.flatMap((p) => p.events), [pages]),
    hidden_count: pages?.[0]?.hidden_count ?? 0,
    actors: pages?.[0]?.actors ?? [],
    names: useEventNames(people),
    isAudit,
    showAudit,
    group,
    setGroup,
    person_id,
    setPerson,
    error: query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    readMore: query.hasNextPage && !query.isFetching ? () => void query.fetchNextPage() : null,
  }
}

/** Names for sentences: stages and batches of the project, people as the reply names them. */
export function useEventNames(people: readonly { id: number; name: string }[]): EventNames {
  const { id, stages } = useProject()
  // A labeler does not see the batches; their sentences go without the name.
  const batches = useQuery({ ...batchesQuery(id), enabled: useMay('view_tasks') }).data
  return useMemo(
    () => ({
      stage: (stage_id) => stages.find((s) => s.id === stage_id)?.name ?? null,
      person: (person_id) => people.find((p) => p.id === person_id)?.name ?? null,
      batch: (batch_id) => batches?.find((b) => b.id === batch_id)?.name ?? null,
    }),
    [stages, people, batches],
  )
}
