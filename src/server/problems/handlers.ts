// problems/: what is wrong with an asset. Whoever may comment on its task reports, a manager resolves; both are told by the
// history of the task.
import { Failure } from '../../model/failure.ts'
import { needsNote, type Problem } from '../../model/problem.ts'
import type { Handlers } from '../handler.ts'
import { namesOfPeople, taskById } from '../tasks/queries.ts'
import { takeStep } from '../tasks/step.ts'
import * as rows from './queries.ts'

export const problemHandlers = {
  async list_open_problems({ app, project }) {
    const found = await rows.openProblems(app.db, project.row.id)
    return { ...found, people: await namesOfPeople(app.db, peopleOf(found.problems)) }
  },

  async list_problems({ app, project }, { task_id }) {
    if (!(await taskById(app.db, project.row.id, task_id)))
      throw new Failure('not_found', `There is no task ${task_id} in this project.`)
    const problems = await rows.problemsOf(app.db, project.row.id, task_id)
    return { problems, people: await namesOfPeople(app.db, peopleOf(problems)) }
  },

  async report_problem({ app, project, caller }, { task_id, reason, note = '' }) {
    if (needsNote(reason, note)) throw new Failure('invalid_input', 'note: say what is wrong with the image.')
    const project_id = project.row.id
    return app.db.transaction().execute(async (tx) => {
      let made: Problem | null = null
      await takeStep(tx, { app, project, caller, task_id }, async ({ asset_id }, { now }) => {
        const problem = { project_id, asset_id, reason, note: note.trim(), reported_by_id: caller.person_id, reported_at: now } // biome-ignore format: one row
        made = await rows.insertProblem(tx, problem)
        const event = { kind: 'problem_reported' as const, after: { problem: reason }, note: problem.note || null }
        return { outcome: 'applied', patch: {}, events: made ? [event] : [] }
      })
      const isMine = (p: Problem) => p.reason === reason && p.reported_by_id === caller.person_id && !p.resolved_at
      return (made ?? (await rows.problemsOf(tx, project_id, task_id)).find(isMine)) as Problem
    })
  },

  async resolve_problem({ app, project, caller }, { task_id, problem_id }) {
    const project_id = project.row.id
    return app.db.transaction().execute(async (tx) => {
      await takeStep(tx, { app, project, caller, task_id }, async (_task, { now }) => {
        const problem = await rows.lockProblem(tx, project_id, task_id, problem_id)
        if (!problem) throw new Failure('not_found', `There is no problem ${problem_id} of this asset.`)
        if (problem.resolved_at) return { outcome: 'applied', patch: {}, events: [] }
        await rows.resolve(tx, project_id, problem_id, caller.person_id, now)
        const event = { kind: 'problem_resolved' as const, before: { problem: problem.reason } }
        return { outcome: 'applied', patch: {}, events: [event] }
      })
      return (await rows.lockProblem(tx, project_id, task_id, problem_id)) as Problem
    })
  },
} satisfies Partial<Handlers>

const peopleOf = (problems: readonly Problem[]) => problems.flatMap((p) => [p.reported_by_id, p.resolved_by_id])
