// Assign: to a person, to nobody (the pool), or dealt to several, evenly or by weights. Never changes the order of the
// queue.
import { type Static, Type } from 'typebox'
import { weightsProblem } from '../../model/deal.ts'
import { Failure } from '../../model/failure.ts'
import { Fields, Id, Nullable } from '../../model/schema.ts'
import { fitsStage, isOwnWork } from '../../model/steps.ts'
import { own, type SituationDecision, UNCHANGED } from '../../model/task.ts'
import { stageById } from '../../model/workflow.ts'
import { planDeal } from '../tasks/deal-tasks.ts'
import { interrupting, OpenChoiceSchema } from './open-tasks.ts'
import { defineOperation, type OperationContext, type Situation } from './operation.ts'

/** `person_id` or `people`, one of them. */
const ParamsSchema = Fields({
  /** null: nobody, the pool. */
  person_id: Type.Optional(Nullable(Id)),
  /** Dealt in the order of the queue, so that everybody gets an even mix. */
  people: Type.Optional(
    Type.Array(
      Fields({
        person_id: Id,
        /** A percent. All of them sum to 100; without any, everybody gets the same. */
        weight: Type.Optional(Type.Number()),
      }),
      { minItems: 1, maxItems: 200 },
    ),
  ),
  open: Type.Optional(OpenChoiceSchema),
})
type Params = Static<typeof ParamsSchema>

const FACTS = ['stage_id', 'assignee_id', 'stage_assignees', 'labelled_by_id', 'plan'] as const
type Task = Situation<(typeof FACTS)[number]>

export const assign = defineOperation(ParamsSchema, FACTS, {
  name: 'assign',
  title: 'Assign',
  in_menu: true,
  prepare(params, { members }) {
    const { person_id, people } = params
    if ((person_id === undefined) === (people === undefined))
      throw new Failure('invalid_input', 'params: say “person_id” for one person (null for nobody), or “people”.')
    const named = people ? people.map((p) => p.person_id) : typeof person_id === 'number' ? [person_id] : []
    const at = people ? 'params.people' : 'params.person_id'
    const stranger = named.find((id) => !members.has(id))
    if (stranger !== undefined)
      throw new Failure('invalid_input', `${at}: person ${stranger} is not a member of this project.`)
    if (new Set(named).size < named.length) throw new Failure('invalid_input', `${at}: a person is named twice.`)
    const problem = weightsProblem(people?.map((p) => p.weight) ?? [])
    if (problem) throw new Failure('percents_do_not_sum', `${at}: ${problem}`)
    return params
  },
  async plan(db, scope, { people, open }, context) {
    return people ? planDeal(db, scope, { people, takes_over: open === 'take_over' }, context) : null
  },
  decide(task, params, context): SituationDecision {
    if (!params.people) return assigned(task, params.person_id ?? null, params, context)
    return task.plan === null ? nobodyFits(task, params, context) : assigned(task, Number(task.plan), params, context)
  },
})

function assigned(task: Task, person_id: number | null, params: Params, context: OperationContext): SituationDecision {
  if (task.assignee_id === person_id) return UNCHANGED
  const stage = stageById(context.workflow, task.stage_id)
  if (person_id !== null && !fitsStage(context.members.get(person_id), stage))
    return { outcome: 'refused', reason: 'not_a_member', person_id }
  if (person_id !== null && isOwnWork(task, person_id, stage, context))
    return { outcome: 'refused', reason: 'own_work', person_id }
  const { [String(stage.id)]: _, ...others } = task.stage_assignees
  const stage_assignees = person_id === null ? others : { ...others, [stage.id]: person_id }
  return interrupting(task, params.open, { assignee_id: person_id, stage_assignees }, [
    {
      kind: person_id === null ? 'unassigned' : 'assigned',
      before: { assignee_id: own('assignee_id') },
      after: { assignee_id: person_id },
    },
  ])
}

/** Why the plan has nobody for a task: somebody has it open, or none of the people may have it. */
function nobodyFits(task: Task, params: Params, context: OperationContext): SituationDecision {
  if (task.lease && params.open !== 'take_over')
    return { outcome: 'refused', reason: 'open_by_other', person_id: task.lease.person_id }
  const stage = stageById(context.workflow, task.stage_id)
  const fitting = weighing(params).filter((id) => fitsStage(context.members.get(id), stage))
  if (fitting.length === 0) return { outcome: 'refused', reason: 'not_a_member' }
  const own = fitting.find((id) => isOwnWork(task, id, stage, context))
  if (fitting.length === 1 && own !== undefined) return { outcome: 'refused', reason: 'own_work', person_id: own }
  // It came to another stage, or was closed, after the plan was made.
  return { outcome: 'refused', reason: 'changed_since' }
}

/** The people who get anything at all. */
const weighing = (params: Params) => (params.people ?? []).flatMap((p) => (p.weight === 0 ? [] : [p.person_id]))
