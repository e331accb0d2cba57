import { QueryClient } from '@tanstack/react-query'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '../../../../../contract/client.ts'
import { api } from '../../../../api.ts'
import { batchesQuery, type ReplyOf } from '../../../../queries.ts'
import { makeBatch } from './make-batch.ts'

type Batches = ReplyOf<'list_batches'>
const batch = (id: number, name: string) => ({ id, name }) as Batches[number]
const taken = new ApiError(409, { code: 'already_exists' })

beforeEach(() => void vi.restoreAllMocks())

test('a batch that somebody made meanwhile is the one, and the list knows it', async () => {
  const client = new QueryClient()
  client.setQueryData(batchesQuery(1).queryKey, [batch(3, 'Sunday')])
  vi.spyOn(api, 'create_batch').mockRejectedValue(taken)
  vi.spyOn(api, 'list_batches').mockResolvedValue([batch(3, 'Sunday'), batch(4, 'monday')])
  expect(await makeBatch(client, 1, 'Monday')).toMatchObject({ id: 4 })
  expect(client.getQueryData(batchesQuery(1).queryKey)).toHaveLength(2)
})

test('any other failure is said', async () => {
  vi.spyOn(api, 'list_batches').mockResolvedValue([])
  for (const error of [taken, new ApiError(422, { code: 'invalid_input' })]) {
    vi.spyOn(api, 'create_batch').mockRejectedValue(error)
    await expect(makeBatch(new QueryClient(), 1, 'Monday')).rejects.toBe(error)
  }
})
