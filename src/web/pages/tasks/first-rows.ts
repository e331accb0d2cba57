// The first rows and their number, asked for while the code of the page is still on its way. It comes with the frame.
import type { Filter } from '../../../model/filter.ts'
import { api, queryClient } from '../../api.ts'
import { type ReplyOf, summaryQuery } from '../../queries.ts'
import type { TaskSearch } from '../../task-search.ts'
import { BLOCK } from './grid/row-blocks.ts'

type RowsQuery = { project_id: number; filter?: string; sort?: string }
type Asked = { page: Promise<ReplyOf<'list_tasks'>>; count: Promise<ReplyOf<'count_tasks'>> }

/** Older answers are not shown: things may have changed. */
const FRESH_MS = 5000
/** The page is not drawn without its rows sooner than this. */
const PATIENCE_MS = 500

/** What was asked and nobody has taken yet; `here`: the answers that are there. */
type Waiting = Partial<Asked> & { here: { [P in keyof Asked]?: Awaited<Asked[P]> } }
const asked = new Map<string, Waiting>()

export function rowsQuery(project_id: number, filter: Filter | undefined, sort: string | undefined): RowsQuery {
  return {
    project_id,
    ...(filter && filter.conditions.length > 0 ? { filter: JSON.stringify(filter) } : {}),
    ...(sort ? { sort } : {}),
  }
}

/** Asks for what the page shows first. A saved view is not known yet: its rows wait for it. */
export async function askFirst(project_id: number, { filter, sort, view }: TaskSearch): Promise<void> {
  void queryClient.prefetchQuery(summaryQuery(project_id))
  if (typeof view !== 'number' && !(await isWrong(filter, sort))) askFirstRows(rowsQuery(project_id, filter, sort))
}

/** What is usual is right; what tells right from wrong comes with the page. */
async function isWrong(filter: Filter | undefined, sort: string | undefined): Promise<boolean> {
  if (filter === undefined && sort === undefined) return false
  const { searchProblem } = await import('./filter/search-problem.ts')
  return searchProblem({ filter, sort }) !== null
}

/** Asks, once for a query at a time. */
function askFirstRows(query: RowsQuery): void {
  const key = JSON.stringify(query)
  const before = asked.get(key)
  if (before?.page || before?.count) return
  const { sort: _, ...counted } = query
  const both = { page: api.list_tasks({ ...query, offset: 0, limit: BLOCK }), count: api.count_tasks(counted) }
  const here: Waiting['here'] = {}
  const waiting: Waiting = { ...both, here }
  asked.set(key, waiting)
  for (const part of ['page', 'count'] as const)
    void (both[part] as Promise<unknown>)
      // Whoever takes the answer hears of its failure.
      .then(
        (answer) => Object.assign(here, { [part]: answer }),
        () => undefined,
      )
      .then(() => setTimeout(() => delete waiting[part], FRESH_MS))
}

/** Until what was asked is here, or failed: who waits can draw it at once. Half a second at most: the rest fills then. */
export async function firstSettled(): Promise<void> {
  const answers = [...asked.values()].flatMap(({ page, count }) => [page, count])
  await Promise.race([Promise.allSettled(answers), new Promise((over) => setTimeout(over, PATIENCE_MS))])
}

/** The first rows and their number, if both are here and nobody has taken either. */
export function takeReady(query: RowsQuery): { page: ReplyOf<'list_tasks'>; total: number } | null {
  const key = JSON.stringify(query)
  const { page, count, here } = asked.get(key) ?? {}
  if (!page || !count || !here?.page || !here.count) return null
  asked.delete(key)
  return { page: here.page, total: here.count.total }
}

/** What was asked a moment ago; each part is taken once, since the next time it may be another. */
export function takeFirst<P extends keyof Asked>(part: P, query: RowsQuery): Partial<Asked>[P] {
  const both = asked.get(JSON.stringify(query))
  const answer = both?.[part]
  delete both?.[part]
  return answer
}
