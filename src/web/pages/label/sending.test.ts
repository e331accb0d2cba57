// What goes up, when answers get lost on the way: the server has what was sent, in small where it can be.
import { expect, it } from 'vitest'
import { ApiError, type Client } from '../../../contract/client.ts'
import type { AnnotationDocument } from '../../../model/annotation.ts'
import { withChanges } from '../../../model/changes.ts'
import { doc, point } from '../../../model/test-document.ts'
import { createSending } from './sending.ts'

function playedServer(document: AnnotationDocument) {
  const stored = { revision_id: 1, document }
  const calls: string[] = []
  const fate = { isLost: false, refusal: null as ApiError | null }
  const store = async (name: string, next: AnnotationDocument) => {
    calls.push(name)
    if (fate.refusal) throw fate.refusal
    stored.revision_id++
    stored.document = next
    if (fate.isLost) throw new TypeError('no answer')
    return { revision_id: stored.revision_id, object_count: 0 }
  }
  const api = {
    save_document: ({ document }) => store('whole', document),
    save_changes: async ({ base_id, changes }) => {
      if (base_id !== stored.revision_id) throw new ApiError(409, { code: 'stale_base' })
      return store(`${changes.put.length} put`, withChanges(stored.document, changes))
    },
  } satisfies Partial<Client>
  const holder = { project_id: 1, task_id: 1, session_id: 'session-1', generation: 1 }
  return { stored, calls, fate, send: createSending(api, holder, { ...stored }) }
}

it('what changed goes up; the whole after an answer got lost; then again what changed', async () => {
  const first = doc(point('a'), point('b'), point('c'))
  const server = playedServer(first)
  const second = { ...first, objects: [...first.objects, point('d')] }
  await server.send(second)
  server.fate.isLost = true
  const third = { ...second, objects: second.objects.slice(1) }
  await expect(server.send(third)).rejects.toThrow('no answer')
  server.fate.isLost = false
  const fourth = { ...third, objects: [...third.objects, point('e')] }
  await server.send(fourth)
  expect(server.stored.document).toEqual(fourth)
  await server.send({ ...fourth, global_attributes: { 1: 'x' } })
  expect(server.calls).toEqual(['1 put', '0 put', 'whole', '0 put'])
  expect(server.stored.document).toEqual({ ...fourth, global_attributes: { 1: 'x' } })
})

it('another refusal is no reason to send the whole', async () => {
  const server = playedServer(doc())
  server.fate.refusal = new ApiError(409, { code: 'no_lease' })
  await expect(server.send(doc(point('a')))).rejects.toMatchObject({ code: 'no_lease' })
  expect(server.calls).toEqual(['1 put'])
})
