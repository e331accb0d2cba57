import { MutationObserver, QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import type { Thread } from '../../../../model/comment.ts'
import { commentAct } from './use-comments.ts'

it('a comment that arrives when the next task is open is that of its own task', async () => {
  const client = new QueryClient()
  const key = (task_id: number) => ['project', 1, 'comments', task_id]
  for (const task_id of [5, 6]) client.setQueryData(key(task_id), { threads: [], people: [] })
  let arrive = (_: Thread) => {}
  const call = (_: { project_id: number; task_id: number }) => new Promise<Thread>((resolve) => (arrive = resolve))
  const observer = new MutationObserver(client, commentAct(client, call))
  const sent = observer.mutate({ project_id: 1, task_id: 5 })
  await Promise.resolve()
  // What a hook does when its page is drawn for the next task.
  observer.setOptions(commentAct(client, call))
  arrive({ id: 70, comments: [] } as never)
  await sent
  const threads = (task_id: number) => client.getQueryData<{ threads: Thread[] }>(key(task_id))?.threads.length
  expect([threads(5), threads(6)]).toEqual([1, 0])
})
