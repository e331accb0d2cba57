// Clear skip: the flag goes, status and objects stay, the task is offerable at once.
import { Type } from 'typebox'
import { Failure } from '../../model/failure.ts'
import { Fields, Id, Words } from '../../model/schema.ts'
import { rememberedAssignee } from '../../model/steps.ts'
import { type SituationDecision, type SituationPatch, UNCHANGED } from '../../model/task.ts'
import { isOffered, stageById } from '../../model/workflow.ts'
import { clearingSkip } from './change-status.ts'
import { interrupting } from './open-tasks.ts'
import { defineOperation } from './operation.ts'

const ParamsSchema = Fields({
  /** pool: anybody but the person who skipped it · skipper: back to that person · person: to `person_id`. */
  to: Type.Optional(Words(['pool', 'skipper', 'person'])),
  person_id: Type.Optional(Id),
})

export const clearSkip = defineOperation(
  ParamsSchema,
  ['stage_id', 'is_skipped', 'skipped_by_id', 'skipper_ids', 'stage_assignees'],
  {
    name: 'clear-skip',
    title: 'Clear skip',
    in_menu: true,
    prepare(params, { members }) {
      const to = params.to ?? 'pool'
      if (to === 'person' && params.person_id === undefined)
        throw new Failure('invalid_input', 'params.person_id: choose the person.')
      if (to !== 'person' && params.person_id !== undefined)
        throw new Failure('invalid_input', 'params.person_id goes with to: person.')
      if (params.person_id !== undefined && !members.has(params.person_id))
        throw new Failure(
          'invalid_input',
          `params.person_id: person ${params.person_id} is not a member of this project.`,
        )
      return { ...params, to }
    },
    decide(task, params, context): SituationDecision {
      if (!task.is_skipped) return UNCHANGED
      const stage = stageById(context.workflow, task.stage_id)
      const { patch, event } = clearingSkip()
      const next: SituationPatch = { ...patch, queued_at: isOffered(stage) ? context.now : null }
      const person =
        params.to === 'skipper' ? task.skipped_by_id : params.to === 'person' ? (params.person_id as number) : null
      if (person !== null) {
        if (!context.members.has(person)) return { outcome: 'refused', reason: 'not_a_member', person_id: person }
        next.assignee_id = person
        next.stage_assignees = { ...task.stage_assignees, [stage.id]: person }
        next.skipper_ids = task.skipper_ids.filter((id) => id !== person)
      } else next.assignee_id = rememberedAssignee(task, stage, context)
      return interrupting(task, 'leave_out', next, [{ ...event, after: { assignee_id: next.assignee_id } }])
    },
  },
)
