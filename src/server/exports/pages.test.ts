// An export is walked in pages that fit into memory, whatever its tasks weigh.
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange } from '../tasks/test-work.ts'
import { type TestServer, testServer } from '../testing.ts'
import { freezeExport, imagesOfExport, pageOfExport } from './queries.ts'
import { everything } from './test-archives.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

test('a page ends with what its objects weigh or with its number of tasks, and holds one task at least', async () => {
  const { db } = server.app
  const { project_id, stage, manager, tasks } = await server.project()
  const ids = await tasks(7)
  // Given tasks of 10 KB, two of 50 KB and one without annotations
  for (const [i, task_id] of ids.slice(0, -1).entries()) {
    const objects = JSON.stringify([{ id: randomBytes(i === 2 || i === 3 ? 25_000 : 5000).toString('hex') }])
    const { rows } = await sql<{ id: number }>`
      insert into annotation_revision (project_id, task_id, kind, stage_id, objects, object_count, class_counts)
      values (${project_id}, ${task_id}, 'saved', ${stage('prepare')}, ${objects}, 1, '{}') returning id`.execute(db)
    await arrange(server, project_id, new Map([[task_id, { revision_id: rows[0]?.id as number, object_count: 1 }]]))
  }
  const draft = { format: 'coco', selection: everything, with_images: false, actor_id: manager.id }
  const { id } = await db
    .transaction()
    .execute((tx) => freezeExport(tx, project_id, { ...draft, unique_by: 'name' as const }))
  const part = { project_id, export_id: id, split: 'unassigned' as const }
  // When it is walked
  const pages: number[][] = []
  for (let after = 0; ; ) {
    const page = await pageOfExport(db, part, after, { tasks: 3, bytes: 55_000 })
    if (page.length === 0) break
    for (const t of page) expect(t.objects).toHaveLength(t.id === ids.at(-1) ? 0 : 1)
    pages.push(page.map((t) => ids.indexOf(t.id)))
    after = page.at(-1)?.id ?? 0
  }
  // Then the first ends with its number, the second with what it weighs
  expect(pages).toEqual([[0, 1, 2], [3, 4], [5, 6]]) // biome-ignore format: one line
  expect((await imagesOfExport(db, part, 0, 6)).map((t) => t.id)).toEqual(ids.slice(0, 6))
})
