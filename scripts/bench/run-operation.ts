// One bulk operation over the API, from its preview to its end, and its undo.
import type { Client } from '../../src/contract/client.ts'
import type { Selection } from '../../src/model/selection.ts'

export type Wanted = { name: string; params: object; selection: Selection }
type Operation = Awaited<ReturnType<Client['get_operation']>>
export type Ended = { operation: Operation; ms: number }

/** Between two looks at the progress bar. */
const POLL_MS = 100
const LONGEST_MS = 1_800_000

export const FOUR_CLEANUPS = {
  remove_annotations: true,
  remove_assignees: true,
  remove_history: true,
  remove_duration: true,
}

/** @returns ms of the preview, and what has to be sent with the run */
export async function preview(client: Client, project_id: number, wanted: Wanted) {
  const start = performance.now()
  const { total, confirm, applied } = await client.preview_operation({ project_id, ...wanted })
  return {
    ms: performance.now() - start,
    applied,
    answers: { expected_count: total, ...(confirm === null ? {} : { confirm }) },
  }
}

/** Time counts from the request to the end of the operation. @throws Error with its words unless it ends as done */
export async function runToEnd(
  client: Client,
  project_id: number,
  wanted: Wanted,
  answers: { expected_count: number; confirm?: number },
): Promise<Ended> {
  const start = performance.now()
  const key = `bench-${Date.now()}-${Math.random()}`
  return untilEnd(client, project_id, start, await client.run_operation({ project_id, key, ...wanted, ...answers }))
}

export async function undoToEnd(client: Client, project_id: number, operation_id: number): Promise<Ended> {
  const start = performance.now()
  return untilEnd(client, project_id, start, await client.undo_operation({ project_id, operation_id }))
}

async function untilEnd(client: Client, project_id: number, start: number, first: Operation): Promise<Ended> {
  let operation = first
  while (operation.state === 'running') {
    if (performance.now() - start > LONGEST_MS)
      throw new Error(`${sentence(operation)}: longer than ${LONGEST_MS / 60_000} minutes`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    operation = await client.get_operation({ project_id, operation_id: operation.id })
  }
  const ms = performance.now() - start
  if (operation.state !== 'done') throw new Error(sentence(operation))
  return { operation, ms }
}

const sentence = (o: Operation) =>
  `${o.title} ended as ${o.state} after ${o.applied} applied, ${o.unchanged} unchanged, ${o.refused} refused of ${o.total}${o.error ? `: ${o.error}` : ''}`

export const outcome = ({ applied, unchanged, refused }: Operation) =>
  [
    `${applied.toLocaleString('en')} applied`,
    ...(unchanged ? [`${unchanged.toLocaleString('en')} unchanged`] : []),
    ...(refused ? [`${refused.toLocaleString('en')} refused`] : []),
  ].join(', ')
