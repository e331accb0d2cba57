// Assign: to a person, or to nobody (the pool). Never changes the order of the queue.
import { Type } from 'typebox'
import { Failure } from '../../model/failure.ts'
import { Fields, Id, Nullable } from '../../model/schema.ts'
import { fitsStage, isOwnWork } from '../../model/steps.ts'
import { own, type SituationDecision, UNCHANGED } from '../../model/task.ts'
import { stageById } from '../../model/workflow.ts'
import { interrupting, OpenChoiceSchema } from './open-tasks.ts'
import { defineOperation } from './operation.ts'

const ParamsSchema = Fields({ person_id: Nullable(Id), open: Type.Optional(OpenChoiceSchema) })

export const assign = defineOperation(ParamsSchema, ['stage_id', 'assignee_id', 'stage_assignees', 'labelled_by_id'], {
  name: 'assign',
  title: 'Assign',
  in_menu: true,
  prepare(params, { members }) {
    if (params.person_id !== null && !members.has(params.person_id))
      throw new Failure(
        'invalid_input',
        `params.person_id: person ${params.person_id} is not a member of this project.`,
      )
    return params
  },
  decide(task, params, context): SituationDecision {
    if (task.assignee_id === params.person_id) return UNCHANGED
    const stage = stageById(context.workflow, task.stage_id)
    if (params.person_id !== null && !fitsStage(context.members.get(params.person_id), stage))
      return { outcome: 'refused', reason: 'not_a_member', person_id: params.person_id }
    if (isOwnWork(task, params.person_id, stage, context))
      return { outcome: 'refused', reason: 'own_work', person_id: params.person_id as number }
    const { [String(stage.id)]: _, ...others } = task.stage_assignees
    const stage_assignees = params.person_id === null ? others : { ...others, [stage.id]: params.person_id }
    return interrupting(task, params.open, { assignee_id: params.person_id, stage_assignees }, [
      {
        kind: params.person_id === null ? 'unassigned' : 'assigned',
        before: { assignee_id: own('assignee_id') },
        after: { assignee_id: params.person_id },
      },
    ])
  },
})
