// The thread that holds the columns of projects and answers questions about them. It knows no database: rows come from
// the server's thread.
import { parentPort } from 'node:worker_threads'
import { Answers } from './answers.ts'
import type { Answered, Asked, Question, Questions } from './messages.ts'

const port = parentPort
if (!port) throw new Error('columns/worker.ts runs in a worker thread')

const projects = new Map<number, Answers>()

type Answerers = { [Q in Question]: (input: Questions[Q][0], project_id: number) => Questions[Q][1] }

const answerers: Answerers = {
  begin({ expected }, project_id) {
    projects.set(project_id, new Answers(expected))
    return null
  },
  insert({ rows }, project_id) {
    of(project_id).insert(rows)
    return of(project_id).size.rows
  },
  finish(_, project_id) {
    of(project_id).finish()
    return of(project_id).size
  },
  apply: ({ rows }, project_id) => of(project_id).apply(rows),
  drop(_, project_id) {
    projects.delete(project_id)
    return null
  },
  values: ({ field }, project_id) => of(project_id).values(field),
  page: (asked, project_id) => of(project_id).page(asked),
  measure: (asked, project_id) => of(project_id).measure(asked),
  row: (asked, project_id) => of(project_id).row(asked),
}

function of(project_id: number): Answers {
  const answers = projects.get(project_id)
  if (!answers) throw new Error(`project ${project_id} is not in the column index`)
  return answers
}

port.on('message', ({ id, project_id, question, input }: Asked) => {
  try {
    const answer = (answerers[question] as (input: unknown, project_id: number) => unknown)(input, project_id)
    port.postMessage({ id, answer } satisfies Answered)
    projects.get(project_id)?.tidy()
  } catch (error) {
    port.postMessage({ id, error: String((error as Error)?.stack ?? error) } satisfies Answered)
  }
})
