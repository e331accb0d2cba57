// A batch by its name. Where somebody made one of that name meanwhile, it is that one.
import type { QueryClient } from '@tanstack/react-query'
import { ApiError } from '../../../../../contract/client.ts'
import { api } from '../../../../api.ts'
import { batchesQuery } from '../../../../queries.ts'

export async function makeBatch(client: QueryClient, project_id: number, name: string): Promise<{ id: number }> {
  try {
    return await api.create_batch({ project_id, name })
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'already_exists')) throw error
    const batches = await client.fetchQuery({ ...batchesQuery(project_id), staleTime: 0 })
    const taken = batches.find((b) => b.name.toLowerCase() === name.toLowerCase())
    if (!taken) throw error
    return taken
  }
}
