// Saved views over HTTP: who sees, changes and deletes them, what the page opens with, and what became of old ones.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Filter } from '../../model/filter.ts'
import { TASK_FIELD_NAMES, TASK_FIELDS } from '../../model/task-fields.ts'
import type { ViewContent } from '../../model/task-view.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'

let server: TestServer
let p: TestProject
let reviewer: Awaited<ReturnType<TestProject['member']>>
let other: typeof reviewer
let at: { project_id: number }
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const filterOf = (...conditions: Filter['conditions']): Filter => ({ conditions })
const CONTENT: ViewContent = {
  filter: filterOf({
    any: [
      { field: 'priority', op: 'between', value: [1, null] },
      { field: 'split', op: 'is_empty' },
    ],
  }),
  sort: '-priority',
  columns: {
    order: [...TASK_FIELD_NAMES].reverse(),
    hidden: ['folder', 'id'],
    pinned: ['name'],
    widths: { name: 333 },
    density: 'tall',
  },
}
const create = (
  who: { api: TestServer['owner'] },
  name: string,
  is_shared: boolean,
  content: Partial<ViewContent> = {},
) => who.api.create_task_view({ ...at, name, is_shared, ...CONTENT, ...content })
const seenBy = async (who: { api: TestServer['owner'] }) => (await who.api.list_task_views(at)).views.map((v) => v.name)

describe('who may do what', () => {
  beforeAll(async () => {
    p = await server.project()
    at = { project_id: p.project_id }
    reviewer = await p.member('reviewer')
    other = await p.member('reviewer', 'other reviewer')
  })

  test('what was saved comes back, by name', async () => {
    const view = await create(reviewer, '  To check ', false)
    expect(view).toMatchObject({
      ...CONTENT,
      name: 'To check',
      version: 1,
      notices: [],
      is_shared: false,
      may_change: true,
    })
    await create(reviewer, 'alpha', true)
    expect(await seenBy(reviewer)).toEqual(['alpha', 'To check'])
  })

  test('a private view is not there for anybody else, managers included', async () => {
    const { id } = await create(reviewer, 'Mine alone', false)
    for (const who of [other, p.manager, { api: server.owner }]) {
      expect(await seenBy(who)).not.toContain('Mine alone')
      const refused = { code: 'not_found' }
      await expect(who.api.update_task_view({ ...at, view_id: id, version: 1, name: 'x' })).rejects.toMatchObject(
        refused,
      )
      await expect(who.api.delete_task_view({ ...at, view_id: id })).rejects.toMatchObject(refused)
      await expect(who.api.set_my_default_view({ ...at, view_id: id })).rejects.toMatchObject(refused)
    }
  })

  test('a shared view is everybody’s to open, and changed only by its owner and managers', async () => {
    const { id } = await create(reviewer, 'For all', true)
    const seen = (await other.api.list_task_views(at)).views.find((v) => v.id === id)
    expect(seen).toMatchObject({ may_change: false, may_make_private: false, owner_id: reviewer.id })
    const save = (who: typeof other, version: number) =>
      who.api.update_task_view({ ...at, view_id: id, version, sort: 'name' })
    await expect(save(other, 1)).rejects.toMatchObject({
      code: 'not_allowed',
      message: expect.stringContaining('a view of your own'),
    })
    await expect(other.api.delete_task_view({ ...at, view_id: id })).rejects.toMatchObject({ code: 'not_allowed' })
    expect(await save(reviewer, 1)).toMatchObject({ sort: 'name', version: 2 })
    expect(await save(p.manager, 2)).toMatchObject({ version: 3, owner_id: reviewer.id, updated_by_name: 'Manager' })
    await expect(
      p.manager.api.update_task_view({ ...at, view_id: id, version: 3, is_shared: false }),
    ).rejects.toMatchObject({ code: 'not_allowed' })
    await p.manager.api.delete_task_view({ ...at, view_id: id })
    expect(await seenBy(reviewer)).not.toContain('For all')
  })

  test('two who save at once: the second is told whose change it would have lost', async () => {
    const { id } = await create(reviewer, 'Contested', true)
    await p.manager.api.update_task_view({ ...at, view_id: id, version: 1, filter: filterOf() })
    const late = reviewer.api.update_task_view({ ...at, view_id: id, version: 1, sort: null })
    await expect(late).rejects.toMatchObject({ status: 409, code: 'stale_view', fields: { changed_by: 'Manager' } })
    const [first, second] = await Promise.allSettled(
      [reviewer, p.manager].map((who) => who.api.update_task_view({ ...at, view_id: id, version: 2, sort: 'id' })),
    )
    expect([first?.status, second?.status].sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('names are unique among the shared ones and among each person’s own; capitals do not count', async () => {
    await create(reviewer, 'Night', false)
    await create(other, 'Night', false)
    const { id } = await create(other, 'night', true)
    const taken = { code: 'already_exists', fields: { field: 'name' } }
    await expect(create(reviewer, 'NIGHT', false)).rejects.toMatchObject(taken)
    await expect(create(p.manager, 'Night', true)).rejects.toMatchObject(taken)
    await expect(
      other.api.update_task_view({ ...at, view_id: id, version: 1, is_shared: false }),
    ).rejects.toMatchObject(taken)
    await other.api.update_task_view({ ...at, view_id: id, version: 1, name: 'NIGHT' })
  })

  test('a list of views ends somewhere', async () => {
    const q = await server.project()
    const inQ = { project_id: q.project_id }
    const columns = JSON.stringify(CONTENT.columns)
    await sql`
      insert into task_view (project_id, owner_id, name, is_shared, filter, columns, updated_by_id)
      select ${q.project_id}, ${q.manager.id}, 'view ' || n, false, '{"conditions": []}', ${columns}::jsonb, ${q.manager.id}
      from generate_series(1, 100) n`.execute(server.app.db)
    await expect(
      q.manager.api.create_task_view({ ...inQ, ...CONTENT, name: 'one more', is_shared: false }),
    ).rejects.toMatchObject({ code: 'too_many_views' })
    await q.manager.api.create_task_view({ ...inQ, ...CONTENT, name: 'one more', is_shared: true })
  })
})

describe('what is wrong is refused when it is saved', () => {
  beforeAll(async () => {
    p = await server.project()
    at = { project_id: p.project_id }
  })
  test.each<[string, object, string, string]>([
    ['a condition that means nothing', { filter: filterOf({ field: 'priority', op: 'contains', value: 'x' }) }, 'unknown_field', 'priority'],
    ['a column that does not exist', { filter: { conditions: [{ field: 'colour', op: 'equals', value: 1 }] } }, 'invalid_input', 'filter'],
    ['an order that does not exist', { sort: 'thumbnail' }, 'unknown_field', 'sort'],
    ['a column twice', { columns: { ...CONTENT.columns, order: ['name', 'name'] } }, 'invalid_input', 'order'],
    ['a column of the grid that does not exist', { columns: { ...CONTENT.columns, hidden: ['colour'] } }, 'invalid_input', 'hidden'],
    ['a name of spaces', { name: '   ' }, 'invalid_input', 'name'],
  ])('%s', async (_, wrong, code, named) => {
    const view = { ...at, name: 'Wrong', is_shared: false, ...CONTENT, ...wrong } as never
    await expect(p.manager.api.create_task_view(view)).rejects.toMatchObject({ code, message: expect.stringContaining(named) })
    expect(await seenBy(p.manager)).toEqual([])
  })
}) // biome-ignore format: a table

describe('what the page opens with', () => {
  beforeAll(async () => {
    p = await server.project()
    at = { project_id: p.project_id }
    reviewer = await p.member('reviewer')
  })
  const opensWith = async (who: { api: TestServer['owner'] }) => {
    const { default_view_id, is_default_mine } = await who.api.list_task_views(at)
    return [default_view_id, is_default_mine]
  }

  test('my own choice, else that of my role, else all tasks', async () => {
    const shared = await create(p.manager, 'Queue', true)
    const mine = await create(reviewer, 'Mine', false)
    expect(await opensWith(reviewer)).toEqual([null, false])
    await p.manager.api.set_role_default_view({ ...at, role: 'reviewer', view_id: shared.id })
    expect(await opensWith(reviewer)).toEqual([shared.id, false])
    expect(await opensWith(p.manager)).toEqual([null, false])
    await reviewer.api.set_my_default_view({ ...at, view_id: mine.id })
    expect(await opensWith(reviewer)).toEqual([mine.id, true])
    await reviewer.api.set_my_default_view({ ...at, view_id: null })
    expect(await opensWith(reviewer)).toEqual([null, true])
    await reviewer.api.clear_my_default_view(at)
    expect(await opensWith(reviewer)).toEqual([shared.id, false])
  })

  test('an owner of the organization opens with the managers’ view', async () => {
    const { id } = await create(p.manager, 'Managers', true)
    await p.manager.api.set_role_default_view({ ...at, role: 'manager', view_id: id })
    expect(await opensWith({ api: server.owner })).toEqual([id, false])
  })

  test('a private view is no default of others', async () => {
    const { id } = await create(p.manager, 'Private', false)
    await expect(p.manager.api.set_role_default_view({ ...at, role: 'reviewer', view_id: id })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await expect(reviewer.api.set_my_default_view({ ...at, view_id: id })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('what a role opens with is neither deleted nor made private under it', async () => {
    const { id } = await create(p.manager, 'Pinned', true)
    await p.manager.api.set_role_default_view({ ...at, role: 'reviewer', view_id: id })
    const inUse = { code: 'view_in_use', message: expect.stringContaining('reviewers') }
    await expect(p.manager.api.delete_task_view({ ...at, view_id: id })).rejects.toMatchObject(inUse)
    await expect(
      p.manager.api.update_task_view({ ...at, view_id: id, version: 1, is_shared: false }),
    ).rejects.toMatchObject(inUse)
    await p.manager.api.set_role_default_view({ ...at, role: 'reviewer', view_id: null })
    await reviewer.api.set_my_default_view({ ...at, view_id: id })
    await p.manager.api.update_task_view({ ...at, view_id: id, version: 1, is_shared: false })
    expect(await opensWith(reviewer)).toEqual([null, false])
  })

  test('a deleted view is nobody’s default', async () => {
    const { id } = await create(p.manager, 'Short-lived', true)
    await reviewer.api.set_my_default_view({ ...at, view_id: id })
    await p.manager.api.delete_task_view({ ...at, view_id: id })
    expect(await opensWith(reviewer)).toEqual([null, false])
  })
})

describe('what time does to a view', () => {
  beforeAll(async () => {
    p = await server.project()
    at = { project_id: p.project_id }
  })
  const store = (id: number, change: ReturnType<typeof sql>) =>
    sql`update task_view set ${change} where project_id = ${p.project_id} and id = ${id}`.execute(server.app.db)
  const opened = async (id: number) => (await p.manager.api.list_task_views(at)).views.find((v) => v.id === id)

  test('a class that was removed is named, and the view still opens', async () => {
    const filter = filterOf({ field: 'class_counts', op: 'any_of', value: [2, 77] })
    const { id } = await create(p.manager, 'Classes', true, { filter })
    const { schema, version } = await p.manager.api.get_label_schema(at)
    const classes = schema.classes.map((c) => (c.id === 2 ? { ...c, is_removed: true } : c))
    await p.manager.api.put_label_schema({ ...at, version, schema: { ...schema, classes } })
    const name = schema.classes.find((c) => c.id === 2)?.name
    expect(await opened(id)).toMatchObject({
      filter,
      notices: [expect.stringContaining(`“${name}”, which was removed`), expect.stringContaining('class 77')],
    })
  })

  test('a stage and a batch that do not exist', async () => {
    const filter = filterOf({ field: 'stage_id', op: 'any_of', value: [p.stage('label'), 99] }, { field: 'batch_id', op: 'equals', value: 98 })
    const { notices } = await create(p.manager, 'Gone', true, { filter })
    expect(notices).toEqual([expect.stringContaining('99'), expect.stringContaining('98')])
  })

  test('a column that does not exist any more: left out of the columns, never out of the filter', async () => {
    const { id } = await create(p.manager, 'Old', true)
    const filter = { conditions: [{ field: 'colour', op: 'equals', value: 'red' }] }
    const columns = { order: ['colour', 'name'], hidden: [], pinned: ['colour'], widths: { colour: 9, name: 90 }, density: 'huge' }
    await store(id, sql`filter = ${JSON.stringify(filter)}::jsonb, sort = '-colour', columns = ${JSON.stringify(columns)}::jsonb`)
    expect(await opened(id)).toMatchObject({
      filter,
      sort: null,
      columns: { order: ['name'], hidden: [], pinned: [], widths: { name: 90 }, density: 'normal' },
      notices: [expect.stringContaining('no “colour” to filter by'), expect.stringContaining('“-colour”'), expect.stringContaining('“colour” left out')],
    })
    expect(await p.manager.api.update_task_view({ ...at, view_id: id, version: 1, ...CONTENT })).toMatchObject({ notices: [] })
  })

  test('who leaves the project leaves the shared views to the managers; private ones come back with them', async () => {
    const leaver = await p.member('reviewer', 'leaver')
    const shared = await create(leaver, 'Left behind', true)
    await create(leaver, 'Own', false)
    await p.manager.api.remove_project_member({ ...at, person_id: leaver.id })
    await expect(leaver.api.list_task_views(at)).rejects.toMatchObject({ code: 'not_found' })
    expect(await opened(shared.id)).toMatchObject({ owner_name: 'Leaver', may_change: true, may_make_private: false })
    await p.manager.api.update_task_view({ ...at, view_id: shared.id, version: 1, name: 'Kept' })
    expect(await seenBy(p.manager)).not.toContain('Own')
    await p.manager.api.set_project_member({ ...at, person_id: leaver.id, role: 'reviewer' })
    expect(await seenBy(leaver)).toEqual(expect.arrayContaining(['Kept', 'Own']))
  })

  test('every column of the page can be saved', async () => {
    const columns = { order: TASK_FIELD_NAMES, hidden: TASK_FIELD_NAMES, pinned: TASK_FIELD_NAMES, widths: Object.fromEntries(TASK_FIELD_NAMES.map((n) => [n, TASK_FIELDS[n].width])), density: 'compact' as const }
    expect(await create(p.manager, 'All columns', false, { columns })).toMatchObject({ columns, notices: [] })
  })
}) // biome-ignore format: long lines
