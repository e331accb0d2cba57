// Which of the page's queries tell about tasks and operations, and how news reaches them.
import type { QueryClient, QueryFilters } from '@tanstack/react-query'
import type { LiveOperation } from '../../contract/live.ts'
import type { ChangedTasks } from './news.ts'

/** Third part of a query's key: what depends on any task of the project. */
const OF_ALL_TASKS: ReadonlySet<unknown> = new Set(['summary', 'facets', 'batches', 'queue', 'count'])
/** … and what is about one task, whose id comes next. */
const OF_ONE_TASK: ReadonlySet<unknown> = new Set(['task', 'history', 'task-time', 'comments'])

/**
 * Resolves when the queries that are shown are new. One that is being read is not begun again but read once more
 * afterwards: its answer may be from before the news.
 */
export async function refreshTasks(client: QueryClient, project_id: number, changed: ChangedTasks): Promise<void> {
  const filters: QueryFilters = {
    queryKey: ['project', project_id],
    predicate: ({ queryKey: [, , name, id] }) =>
      OF_ALL_TASKS.has(name) || (OF_ONE_TASK.has(name) && (changed === null || changed.has(Number(id)))),
  }
  const refresh = (which: QueryFilters) => client.invalidateQueries(which, { cancelRefetch: false })
  const underWay = client.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })
  const onceMore = underWay.map(async ({ promise, queryKey }) => {
    await promise?.catch(() => undefined)
    await refresh({ queryKey, exact: true })
  })
  await Promise.all([refresh(filters), ...onceMore])
}

export function refreshOperations(client: QueryClient, project_id: number, id?: number): Promise<unknown> {
  return Promise.all([
    client.invalidateQueries({ queryKey: ['project', project_id, 'operations'] }),
    client.invalidateQueries({ queryKey: ['project', project_id, 'operation', ...(id === undefined ? [] : [id])] }),
  ])
}

type Known = LiveOperation & Record<string, unknown>

/**
 * Progress is written into what is shown; what began or ended is read anew, with all that goes with it.
 * @returns true if something was read anew
 */
export function tellOperations(client: QueryClient, project_id: number, news: readonly LiveOperation[]): boolean {
  let isNew = false
  const inPlace = (known: Known): Known => {
    const now = news.find((o) => o.id === known.id)
    if (!now) return known
    if (now.state !== known.state) isNew = true
    return { ...known, ...now, state: known.state }
  }
  const inList = (list: readonly Known[]): Known[] => {
    const newest = Math.max(0, ...list.map((o) => o.id))
    if (news.some((o) => o.id > newest)) isNew = true
    return list.map(inPlace)
  }
  /** The list of those that run: it tells nothing of others. */
  const inRunning = (list: readonly Known[]): Known[] => {
    if (news.some((o) => o.state === 'running' && !list.some((known) => known.id === o.id))) isNew = true
    return list.map(inPlace)
  }
  for (const [key, data] of client.getQueriesData({ queryKey: ['project', project_id, 'operations'] })) {
    const pages = (data as { pages?: Known[][] } | undefined)?.pages
    if (Array.isArray(data)) client.setQueryData(key, key[3] === 'running' ? inRunning(data) : inList(data))
    else if (pages)
      client.setQueryData(key, {
        ...(data as object),
        pages: pages.map((page, i) => (i === 0 ? inList(page) : page.map(inPlace))),
      })
  }
  for (const o of news)
    client.setQueryData<Known>(['project', project_id, 'operation', o.id], (known) => known && inPlace(known))
  if (isNew) void refreshOperations(client, project_id)
  return isNew
}
