// The threads of a task, and what a person does with them. Each act answers with the thread as it is then.
import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Thread } from '../../../../model/comment.ts'
import { api } from '../../../api.ts'
import type { ReplyOf } from '../../../queries.ts'
import { useMay, useMe } from '../../../session.tsx'
import { notifyFailed } from '../../../ui/notify.tsx'
import { useSettled } from '../use-settled.ts'
import type { Pin } from './pins.ts'

/** Who is not told of changes (docs/decisions/0011) asks. */
const ASK_MS = 10_000

type Comments = ReplyOf<'list_comments'>
const NONE: Comments = { threads: [], people: [] }

const commentsQuery = (project_id: number, task_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'comments', task_id],
    queryFn: ({ signal }) => api.list_comments({ project_id, task_id }, { signal }),
  })

export type CommentActs = ReturnType<typeof useCommentActs>

export function useComments(project_id: number, task_id: number | null) {
  const isTold = useMay('view_tasks')
  const me = useMe()
  const isSettled = useSettled(task_id)
  const isAsked = task_id !== null && isSettled
  const {
    data = NONE,
    isFetching,
    isPending,
    isLoadingError,
    isRefetchError,
    refetch,
  } = useQuery({
    ...commentsQuery(project_id, task_id ?? 0),
    enabled: isAsked,
    refetchInterval: isTold ? false : ASK_MS,
  })
  const names = useMemo(() => new Map([...data.people, me].map((p) => [p.id, p.name])), [data.people, me])
  return {
    threads: data.threads,
    names,
    /** Not: it is on its way, or cannot be had. */
    isKnown: !isPending && !isLoadingError,
    isComing: !isAsked || isPending || isFetching,
    isLoadingError,
    isRefetchError,
    refetch,
  }
}

type OfTask = { project_id: number; task_id: number }

/** The task is part of what is asked for: the answer is that task's, also when another one is on the screen by then. */
export const commentAct = <V extends OfTask>(
  client: QueryClient,
  call: (input: V) => Promise<Thread | undefined>,
  change = (threads: Thread[], thread: Thread | undefined, _: V) => withThread(threads, thread),
) => ({
  mutationFn: (input: V) => call(input),
  onSuccess: (thread: Thread | undefined, input: V) => show(client, input, (threads) => change(threads, thread, input)),
  onError: notifyFailed,
})

export function useCommentActs(project_id: number, task_id: number) {
  const client = useQueryClient()
  const write = useMutation(commentAct(client, api.create_comment))
  const edit = useMutation(commentAct(client, api.edit_comment))
  const resolve = useMutation(commentAct(client, api.set_thread_resolved))
  const remove = useMutation(
    commentAct(
      client,
      async (of: OfTask & { comment_id: number }) => {
        await api.delete_comment(of)
        return undefined
      },
      (threads, _, { comment_id }) => without(threads, comment_id),
    ),
  )
  // The functions stay the same ones, so that two hundred threads are not drawn anew for one.
  return useMemo(() => {
    const at = { project_id, task_id }
    type Text = { text: string; key: string }
    return {
      write: (comment: Pin & Text) => write.mutateAsync({ ...at, ...comment }),
      reply: (comment: Text & { thread_id: number }) => write.mutateAsync({ ...at, ...comment }),
      edit: (comment: { comment_id: number; text: string }) => edit.mutateAsync({ ...at, ...comment }),
      remove: (comment_id: number) => remove.mutate({ ...at, comment_id }),
      resolve: (thread: { comment_id: number; is_resolved: boolean }) => resolve.mutate({ ...at, ...thread }),
    }
  }, [project_id, task_id, write.mutateAsync, edit.mutateAsync, remove.mutate, resolve.mutate])
}

/** At once what the act answered, then what others did meanwhile. */
async function show(
  client: QueryClient,
  at: { project_id: number; task_id: number },
  change: (threads: Thread[]) => Thread[],
): Promise<void> {
  const { queryKey } = commentsQuery(at.project_id, at.task_id)
  await client.cancelQueries({ queryKey })
  client.setQueryData(queryKey, (known) => known && { ...known, threads: change(known.threads) })
  void client.invalidateQueries({ queryKey })
}

const withThread = (threads: Thread[], thread: Thread | undefined): Thread[] =>
  !thread
    ? threads
    : threads.some((t) => t.id === thread.id)
      ? threads.map((t) => (t.id === thread.id ? thread : t))
      : [...threads, thread]

/** As the server does it: a first comment with replies stays without its text. */
const without = (threads: Thread[], id: number): Thread[] =>
  threads.flatMap((t) => {
    const isFirst = t.id === id
    const comments = isFirst
      ? t.comments.map((c) => (c.id === id ? { ...c, text: null } : c))
      : t.comments.filter((c) => c.id !== id)
    return comments.every((c) => c.text === null) ? [] : [{ ...t, comments }]
  })
