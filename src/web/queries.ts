// The queries that several pages share, each with its key in one place.
// Keys begin with 'project', id: invalidating ['project', id] refreshes all of one project.
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import { ApiError } from '../contract/client.ts'
import type { Reply } from '../contract/endpoint.ts'
import type { EndpointName, Endpoints } from '../contract/endpoints.ts'
import type { SessionSchema } from '../contract/people.ts'
import { api } from './api.ts'
import { personIs } from './person-here.ts'
import { midnight } from './today.ts'

export type ReplyOf<N extends EndpointName> = Reply<Endpoints[N]>
export type Session = Static<typeof SessionSchema>
export type Project = ReplyOf<'get_project'>
export type ProjectSummary = ReplyOf<'list_projects'>[number]
export type ImportRow = ReplyOf<'get_import'>

const MINUTE = 60_000

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal, client }) => readSession(client, await api.get_session({}, { signal })),
  staleTime: 5 * MINUTE,
})
/** A session that ended is a refusal like any other: what is on the page stays somebody's until the page is left. */
export function readSession(client: QueryClient, reply: Session): Session {
  const known = client.getQueryData<Session>(['session'])
  if (known?.person && !reply.person) throw new ApiError(401, { code: 'not_signed_in' })
  if (reply.person) personIs(reply.person.id)
  return reply
}
/** Somebody has signed in: what was loaded before is not theirs. */
export function enterAs(client: QueryClient, reply: Session): void {
  client.clear()
  client.setQueryData(sessionQuery.queryKey, readSession(client, reply))
}
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => api.list_projects({}, { signal }),
})
export const projectQuery = (project_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'project'],
    queryFn: ({ signal }) => api.get_project({ project_id }, { signal }),
    staleTime: MINUTE,
  })
export const schemaQuery = (project_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'schema'],
    queryFn: ({ signal }) => api.get_label_schema({ project_id }, { signal }),
    staleTime: MINUTE,
  })
export const guideQuery = (project_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'guide'],
    queryFn: ({ signal }) => api.get_guide({ project_id }, { signal }),
  })
export const summaryQuery = (project_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'summary'],
    queryFn: ({ signal }) => api.get_task_summary({ project_id, today_from: midnight() }, { signal }),
  })
/** Of the asset of a task. */
export const problemsQuery = (project_id: number, task_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'problems', task_id],
    queryFn: ({ signal }) => api.list_problems({ project_id, task_id }, { signal }),
  })
export const openProblemsQuery = (project_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'problems'],
    queryFn: ({ signal }) => api.list_open_problems({ project_id }, { signal }),
  })
export const viewsQuery = (project_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'views'],
    queryFn: ({ signal }) => api.list_task_views({ project_id }, { signal }),
  })
export const batchesQuery = (project_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'batches'],
    queryFn: ({ signal }) => api.list_batches({ project_id }, { signal }),
  })
export const membersQuery = (project_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'members'],
    queryFn: ({ signal }) => api.list_project_members({ project_id }, { signal }),
    staleTime: MINUTE,
  })
export const importsQuery = (project_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'imports'],
    queryFn: ({ signal }) => api.list_imports({ project_id }, { signal }),
  })
export const predictionSetsQuery = (project_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'prediction-sets'],
    queryFn: ({ signal }) => api.list_prediction_sets({ project_id }, { signal }),
  })
export const exportsQuery = (project_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'exports'],
    queryFn: ({ signal }) => api.list_exports({ project_id }, { signal }),
  })
