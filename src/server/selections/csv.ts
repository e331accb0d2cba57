// A frozen selection as CSV, page by page: a million rows need no more memory than a few thousand.
import type { TaskFieldName } from '../../model/task-fields.ts'
import { namesOfBatches } from '../batches/queries.ts'
import type { Database } from '../db/connect.ts'
import type { ProjectScope } from '../handler.ts'
import { labelSchemaOf } from '../projects/schema-queries.ts'
import { namesOfPeople } from '../tasks/queries.ts'
import { CSV_COLUMNS, type CsvNames, type CsvSource, type CsvTask } from './csv-columns.ts'
import { csvLines } from './csv-line.ts'
import { csvTasks, frozenIds, setProgress, type TaskFileRow } from './queries.ts'

/** Rows of one statement: on the embedded database everybody else waits for it, some 20 ms. */
const PAGE = 2000
/** Ids in memory, and how often the progress is written down. */
const SLICE = 10 * PAGE

type Names = CsvNames & { meet(tasks: readonly CsvTask[]): Promise<void> }

/** Ends when the reader goes away: the stream then calls `return()`, and no further page is read. */
export async function* taskCsv(db: Database, project: ProjectScope, file: TaskFileRow): AsyncGenerator<string> {
  const project_id = project.row.id
  const columns = file.columns.map((name: TaskFieldName) => CSV_COLUMNS[name])
  const fields = columns.flatMap((c) => c.fields)
  const reads = [...new Set(columns.flatMap((c) => c.reads))]
  let written = 0
  let state: TaskFileRow['state'] = 'stopped'
  try {
    const names = await namesOf(db, project, reads)
    await setProgress(db, project_id, file.id, { written, state: 'writing' })
    yield csvLines([fields.map((f) => f.title)])
    for (let from = 0; from < file.total; from += SLICE) {
      const slice = await frozenIds(db, project_id, file.id, from, SLICE)
      for (let i = 0; i < slice.length; i += PAGE) {
        const tasks = await csvTasks(db, project_id, slice.slice(i, i + PAGE), reads)
        await names.meet(tasks)
        yield csvLines(tasks.map((task) => fields.map((f) => f.value(task, names))))
        written += tasks.length
      }
      await setProgress(db, project_id, file.id, { written, state: 'writing' })
    }
    state = 'done'
  } finally {
    // At the end of the server the database may be gone before its readers are.
    await setProgress(db, project_id, file.id, { written, state }).catch(() => {})
  }
}

const PEOPLE = ['assignee_id', 'labelled_by_id', 'reviewed_by_id', 'skipped_by_id', 'open_by_id'] as const

/** Names by id; those of people and new batches as they come up. */
async function namesOf(db: Database, project: ProjectScope, reads: readonly CsvSource[]): Promise<Names> {
  const project_id = project.row.id
  const readsPeople = PEOPLE.filter((name) => reads.includes(name))
  const stages = new Map(project.workflow.map((s) => [s.id, s.name]))
  const people = new Map<number, string>()
  let batches = reads.includes('batch_id') ? await namesOfBatches(db, project_id) : new Map<number, string>()
  const { schema } = await labelSchemaOf(db, project_id)
  const classes = new Map(schema.classes.map((c) => [c.id, c.name]))
  return {
    stage: (id) => stages.get(id) ?? '',
    person: (id) => people.get(id) ?? '',
    batch: (id) => batches.get(id) ?? '',
    class: (id) => classes.get(id) ?? `#${id}`,
    async meet(tasks) {
      const strangers = new Set<number>()
      for (const task of tasks)
        for (const name of readsPeople) {
          const id = task[name]
          if (id !== null && !people.has(id)) strangers.add(id)
        }
      for (const { id, name } of await namesOfPeople(db, [...strangers])) people.set(id, name)
      if (reads.includes('batch_id') && tasks.some((t) => t.batch_id !== null && !batches.has(t.batch_id)))
        batches = await namesOfBatches(db, project_id)
    },
  }
}
