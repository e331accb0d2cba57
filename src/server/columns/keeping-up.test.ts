// The column index keeps up with the database: every answer knows what was committed before the question, whoever wrote
// it, in whatever order transactions commit, on whichever server process.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Filter } from '../../model/filter.ts'
import type { TaskPatch } from '../../model/task.ts'
import { startApp } from '../app.ts'
import { purgeChanges } from '../jobs/purge-queries.ts'
import { orderOf } from '../tasks/filter-queries.ts'
import { pageOfTasks } from '../tasks/queries.ts'
import { arrange, box, claim, openIt, operate, session } from '../tasks/test-work.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { ageChanges, transactionsThatCross } from './test-queries.ts'

let server: TestServer
let p: TestProject
let project_id: number
let ids: number[]

beforeAll(async () => {
  server = await testServer({ PIXLHUB_INDEX_FROM: '0', PIXLHUB_SMALL_OPERATION: '10', PIXLHUB_STEP: '7' })
  p = await server.project({ settings: { allow_self_review: true } })
  project_id = p.project_id
  ids = await p.tasks(60, { stage_id: p.stage('label') })
  expect(await server.app.columns.load(project_id)).toBe(true)
})
afterAll(() => server.close())

const ORDERS = ['-id', 'name', 'stage_id', '-assignee_id', 'duration_ms', '-object_count', 'split', '-priority', 'batch_id', 'is_skipped', 'queued_at', 'times_returned', 'review_ms', '-updated_at', '-completed_at', 'exported_at'] // biome-ignore format: one list
const EVERYTHING: Filter = {
  conditions: [{ field: 'is_archived', op: 'any_of' as never, value: [true, false] as never }],
}
const FILTERS: Filter[] = [
  { conditions: [] },
  { conditions: [{ field: 'is_archived', op: 'equals', value: true }] },
  { conditions: [{ field: 'class_counts', op: 'is_not_empty' }] },
  { conditions: [{ field: 'labelled_by_id', op: 'is_not_empty' }] },
  { conditions: [{ field: 'reviewed_by_id', op: 'is_not_empty' }] },
  { conditions: [{ field: 'skip_reason', op: 'is_not_empty' }] },
  { conditions: [{ field: 'is_returned', op: 'equals', value: true }] },
  { conditions: [{ field: 'is_open', op: 'equals', value: true }] },
  { conditions: [{ field: 'rejected_by', op: 'is_not_empty' }] },
  { conditions: [{ field: 'skipped_ever_by', op: 'is_not_empty' }] },
]

/** Every order and filter, as the database has it now. @param of another server process on the same database */
async function expectSame(of: TestServer['app'] = server.app, project = project_id) {
  for (const sort of ORDERS) await expectPage(of, project, { conditions: [] }, sort)
  for (const filter of FILTERS) await expectPage(of, project, filter, 'id')
}

async function expectPage(of: TestServer['app'], project: number, filter: Filter, sort: string) {
  const order = orderOf(sort)
  const page = await of.columns.page(project, filter, order, null, 500)
  const bySql = await pageOfTasks(server.app.db, project, filter, order, null, 500)
  expect([sort, filter, page?.ids]).toEqual([sort, filter, bySql.map((t) => t.id)])
}
