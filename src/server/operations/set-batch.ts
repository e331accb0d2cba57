// Set batch: one per task, or none.
import { Failure } from '../../model/failure.ts'
import { Fields, Id, Nullable } from '../../model/schema.ts'
import { own, UNCHANGED } from '../../model/task.ts'
import { defineOperation } from './operation.ts'

const ParamsSchema = Fields({ batch_id: Nullable(Id) })

export const setBatch = defineOperation(ParamsSchema, ['batch_id'], {
  name: 'set-batch',
  title: 'Set batch',
  in_menu: true,
  prepare(params, { batches }) {
    if (params.batch_id !== null && !batches.has(params.batch_id))
      throw new Failure('invalid_input', `params.batch_id: this project has no batch ${params.batch_id}.`)
    return params
  },
  decide: (task, { batch_id }) =>
    task.batch_id === batch_id
      ? UNCHANGED
      : {
          outcome: 'applied',
          patch: { batch_id },
          events: [{ kind: 'batch_set', before: { batch_id: own('batch_id') }, after: { batch_id } }],
        },
})
