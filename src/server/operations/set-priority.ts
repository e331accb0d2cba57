// Set priority: higher is offered first. Never re-queues, never interrupts an open task.
import { Type } from 'typebox'
import { Fields } from '../../model/schema.ts'
import { own, PRIORITY_MAX, PRIORITY_MIN, UNCHANGED } from '../../model/task.ts'
import { defineOperation } from './operation.ts'

const ParamsSchema = Fields({ priority: Type.Integer({ minimum: PRIORITY_MIN, maximum: PRIORITY_MAX }) })

export const setPriority = defineOperation(ParamsSchema, ['priority'], {
  name: 'set-priority',
  title: 'Set priority',
  in_menu: true,
  decide: (task, { priority }) =>
    task.priority === priority
      ? UNCHANGED
      : {
          outcome: 'applied',
          patch: { priority },
          events: [{ kind: 'priority_set', before: { priority: own('priority') }, after: { priority } }],
        },
})
