// How many tasks each choice of a column would give, under the other conditions of the filter.
import { useQuery } from '@tanstack/react-query'
import type { Filter } from '../../../../model/filter.ts'
import type { FilterFieldName } from '../../../../model/task-fields.ts'
import { api } from '../../../api.ts'
import type { ReplyOf } from '../../../queries.ts'
import { useProjectId } from '../../../session.tsx'

type Facets = ReplyOf<'get_task_facets'>
type FacetName = Exclude<keyof Facets, 'total'>
const COUNTED: ReadonlySet<string> = new Set<FacetName>([
  'stage_id', 'assignee_id', 'split', 'batch_id', 'priority', 'is_skipped',
]) // biome-ignore format: one list
/** The server lists so many values of a column, the most frequent first: what is missing in a full list is not known. */
const LISTED = 200
const FRESH_MS = 5000

/** The number of a choice; null while there are none, undefined where it is not known. */
export type Counts = ((value: unknown) => number | undefined) | null
export type FieldFacets = { counts: Counts; values: readonly (string | number | boolean | null)[] }

const NONE: FieldFacets = { counts: null, values: [] }

export function useFacets(filter: Filter, field: FilterFieldName): FieldFacets {
  const project_id = useProjectId()
  const text = JSON.stringify(filter)
  const { data } = useQuery({
    queryKey: ['project', project_id, 'facets', text],
    queryFn: ({ signal }) =>
      api.get_task_facets({ project_id, ...(filter.conditions.length > 0 ? { filter: text } : {}) }, { signal }),
    enabled: COUNTED.has(field),
    staleTime: FRESH_MS,
  })
  return data && COUNTED.has(field) ? facetsOf(data[field as FacetName]) : NONE
}

export function facetsOf(list: readonly { value: string | number | boolean | null; total: number }[]): FieldFacets {
  const totals = new Map(list.map((f) => [f.value as unknown, f.total]))
  const unlisted = list.length < LISTED ? 0 : undefined
  return { counts: (value) => totals.get(value) ?? unlisted, values: list.map((f) => f.value) }
}
