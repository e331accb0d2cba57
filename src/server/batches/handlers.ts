// batches/: named groups of tasks. Putting tasks into one is an operation (operations/set-batch.ts), not here.
import { Failure } from '../../model/failure.ts'
import type { Handlers } from '../handler.ts'
import { listBatches } from './list-batches.ts'
import { insertBatch, renameBatch } from './queries.ts'

const nameTaken = (name: string) =>
  new Failure('already_exists', `name: a batch “${name.trim()}” exists already.`, { field: 'name' })

export const batchHandlers = {
  async list_batches({ app, project }) {
    return listBatches(app, project)
  },

  async create_batch({ app, project }, input) {
    const id = await insertBatch(app.db, project.row.id, input.name)
    if (id === null) throw nameTaken(input.name)
    return theBatch(await listBatches(app, project, id), id)
  },

  async rename_batch({ app, project }, input) {
    const outcome = await renameBatch(app.db, project.row.id, input.batch_id, input.name)
    if (outcome === 'missing') throw noBatch(input.batch_id)
    if (outcome === 'name_taken') throw nameTaken(input.name)
    return theBatch(await listBatches(app, project, input.batch_id), input.batch_id)
  },
} satisfies Pick<Handlers, 'list_batches' | 'create_batch' | 'rename_batch'>

const noBatch = (id: number) => new Failure('not_found', `batch_id: there is no batch ${id} in this project.`)

function theBatch<B>(found: readonly B[], id: number): B {
  const batch = found[0]
  if (!batch) throw noBatch(id)
  return batch
}
