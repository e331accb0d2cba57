// Assign as issue and domain.md say it: to one, to nobody, evenly among several, by weights.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TaskPatch } from '../../model/task.ts'
import { arrange, claim, operate, rowsOf } from '../tasks/test-work.ts'
import { type TestPerson, type TestProject, type TestServer, testServer } from '../testing.ts'
import { everything } from './test-queries.ts'
import { queueOf, testSet } from './test-set.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const deal = (p: TestProject, ids: number[], people: readonly { person_id: number; weight?: number }[], more: object = {}) =>
  operate(p.manager.api, p.project_id, 'assign', { people, ...more }, ids) // biome-ignore format: one call
const evenly = (people: readonly TestPerson[]) => people.map((p) => ({ person_id: p.id }))
const assigneesOf = async (p: TestProject) => (await rowsOf(server, p.project_id)).map((t) => t.assignee_id)
const count = (ids: readonly (number | null)[], person: TestPerson) => ids.filter((id) => id === person.id).length

async function team(p: TestProject) {
  return {
    ann: await p.member('labeler', 'ann'),
    ben: await p.member('labeler', 'ben'),
    rita: await p.member('reviewer', 'rita'),
    rob: await p.member('reviewer', 'rob'),
  }
}

describe('evenly', () => {
  test('deals in the order of the queue, round by round, and leaves that order alone', async () => {
    const p = await server.project()
    const { ann, ben, rita } = await team(p)
    const ids = await p.tasks(7, { stage_id: p.stage('label') })
    await arrange(server, p.project_id, new Map([[ids[6] as number, { priority: 9 }], [ids[0] as number, { priority: -1 }]])) // biome-ignore format: one call
    const before = await queueOf(server, p.project_id)
    expect(await deal(p, ids, evenly([ann, ben, rita]))).toMatchObject({ applied: 7, unchanged: 0, refused: 0 })
    // Queue: 6 (priority 9), 1, 2, 3, 4, 5, 0 (priority −1). Ann has three, so she begins and ends.
    const rows = await rowsOf(server, p.project_id)
    const order = [6, 1, 2, 3, 4, 5, 0].map((i) => rows[i]?.assignee_id)
    expect(order).toEqual([ann, ben, rita, ann, ben, rita, ann].map((x) => x.id))
    expect(rows.every((t) => t.stage_assignees[String(p.stage('label'))] === t.assignee_id)).toBe(true)
    const after = await queueOf(server, p.project_id)
    expect(after.map(({ assignee_id: _, ...rest }) => rest)).toEqual(before.map(({ assignee_id: _, ...rest }) => rest))
    // The same again is all unchanged; claimed in that order by its person.
    expect(await deal(p, ids, evenly([ann, ben, rita]))).toMatchObject({ applied: 0, unchanged: 7 })
    expect((await claim(ann.api, p.project_id)).task_id).toBe(ids[6])
  })

  test('a review goes to who may review and did not label it; labelers get more of the rest', async () => {
    const p = await server.project()
    const { ann, rita, rob } = await team(p)
    const reviews = await p.tasks(6, { stage_id: p.stage('review'), prefix: 'review' })
    const labels = await p.tasks(3, { stage_id: p.stage('label'), prefix: 'label' })
    const labelledBy = (id: number): TaskPatch => ({ labelled_by_id: id })
    await arrange(server, p.project_id, new Map(reviews.map((id, i) => [id, labelledBy(i < 4 ? rita.id : ann.id)])))
    expect(await deal(p, [...reviews, ...labels], evenly([ann, rita, rob]))).toMatchObject({ applied: 9, refused: 0 })
    const rows = await rowsOf(server, p.project_id)
    for (const t of rows.filter((r) => r.stage_id === p.stage('review'))) {
      expect([rita.id, rob.id]).toContain(t.assignee_id)
      expect(t.assignee_id).not.toBe(t.labelled_by_id)
    }
    const assignees = rows.map((t) => t.assignee_id)
    // Rob must have the four of Rita's; Rita the two others and one more.
    expect([count(assignees, ann), count(assignees, rita), count(assignees, rob)]).toEqual([2, 3, 4])
  })

  test('what none of them may have is refused with the reason', async () => {
    const p = await server.project()
    const { ann, ben, rita } = await team(p)
    const [own, other] = await p.tasks(2, { stage_id: p.stage('review') })
    await arrange(server, p.project_id, new Map([[own as number, { labelled_by_id: rita.id }], [other as number, { labelled_by_id: ben.id }]])) // biome-ignore format: one call
    const labelers = await deal(p, [own as number], evenly([ann, ben]))
    expect(labelers).toMatchObject({ applied: 0, refused: 1 })
    const reasons = async (operation_id: number) =>
      (await p.manager.api.list_operation_results({ project_id: p.project_id, operation_id })).results.map((r) => [r.reason, r.person_name]) // biome-ignore format: one call
    expect(await reasons(labelers.id)).toEqual([['not_a_member', null]])
    const mixed = await deal(p, [own as number, other as number], evenly([ann, rita]))
    expect(mixed).toMatchObject({ applied: 1, refused: 1 })
    expect((await reasons(mixed.id))[0]).toEqual(['own_work', 'Rita'])
  })

  test('self-review, where the project allows it, is no reason', async () => {
    const p = await server.project({ settings: { allow_self_review: true } })
    const { rita } = await team(p)
    const ids = await p.tasks(2, { stage_id: p.stage('review') })
    await arrange(server, p.project_id, new Map(ids.map((id) => [id, { labelled_by_id: rita.id }])))
    expect(await deal(p, ids, evenly([rita]))).toMatchObject({ applied: 2 })
  })

  test('what somebody has open counts for nobody, unless it is taken over', async () => {
    const p = await server.project()
    const { ann, ben } = await team(p)
    const carl = await p.member('labeler', 'carl')
    const ids = await p.tasks(5, { stage_id: p.stage('label') })
    expect((await claim(carl.api, p.project_id)).task_id).toBe(ids[0])
    expect(await deal(p, ids, evenly([ann, ben]))).toMatchObject({ applied: 4, refused: 1 })
    const left = await assigneesOf(p)
    expect([left[0], count(left, ann), count(left, ben)]).toEqual([carl.id, 2, 2])
    expect(await deal(p, ids, evenly([ann, ben]), { open: 'take_over' })).toMatchObject({ refused: 0 })
    const taken = await assigneesOf(p)
    expect([count(taken, ann), count(taken, ben)]).toEqual([3, 2])
  })

  test('the preview says what the run does and changes nothing', async () => {
    const set = await testSet(server)
    const { project_id, ids } = set
    const at = {
      project_id,
      name: 'assign',
      params: { people: evenly([set.labeler, set.reviewer]) },
      selection: { ids },
    }
    const untouched = await everything(server, project_id)
    const preview = await set.manager.api.preview_operation(at)
    expect(await everything(server, project_id)).toEqual(untouched)
    const { total, applied, unchanged, refused } = await set.manager.api.run_operation({ ...at, key: 'deal-to-two' })
    expect({ total, applied, unchanged, refused }).toEqual({
      total: preview.total,
      applied: preview.applied,
      unchanged: preview.unchanged,
      refused: preview.refused,
    })
  })
})

describe('by weights', () => {
  test('largest remainder; each has the same mix of priorities', async () => {
    const p = await server.project()
    const { ann, ben, rita } = await team(p)
    const high = await p.tasks(20, { stage_id: p.stage('label'), priority: 5, prefix: 'high' })
    const low = await p.tasks(17, { stage_id: p.stage('label'), prefix: 'low' })
    const people = [{ person_id: ann.id, weight: 50 }, { person_id: ben.id, weight: 30 }, { person_id: rita.id, weight: 20 }] // biome-ignore format: one list
    expect(await deal(p, [...low, ...high], people)).toMatchObject({ applied: 37 })
    // 18.5, 11.1, 7.4 → 18, 11, 7 and the one left to the largest remainder
    const rows = await rowsOf(server, p.project_id)
    const of = (priority: number) => rows.filter((t) => t.priority === priority).map((t) => t.assignee_id)
    const counts = (ids: (number | null)[]) => [ann, ben, rita].map((x) => count(ids, x))
    expect(counts(rows.map((t) => t.assignee_id))).toEqual([19, 11, 7])
    for (const [i, n] of counts(of(5)).entries()) expect(Math.abs(n - ([10, 6, 4][i] as number))).toBeLessThanOrEqual(1)
  })

  test.each([
    [[{ weight: 60 }, { weight: 41 }], 'percents_do_not_sum', 'The weights sum to 101, not 100.'],
    [[{ weight: 60 }, {}], 'percents_do_not_sum', 'or to none'],
    [[{ weight: 110 }, { weight: -10 }], 'percents_do_not_sum', '0 or more'],
    [[{ weight: '50' }, { weight: 50 }], 'invalid_input', 'params.people[0].weight'],
  ])('%j is refused before anything starts', async (weights, code, sentence) => {
    const p = await server.project()
    const { ann, ben } = await team(p)
    const ids = await p.tasks(3)
    const before = await everything(server, p.project_id)
    const people = weights.map((w, i) => ({ ...w, person_id: [ann, ben][i]?.id as number }))
    await expect(deal(p, ids, people as never)).rejects.toMatchObject({
      status: 400,
      code,
      message: expect.stringContaining(sentence),
    })
    expect(await everything(server, p.project_id)).toEqual(before)
  })

  test('strangers, people named twice, both ways at once and neither are refused', async () => {
    const p = await server.project()
    const { ann } = await team(p)
    const stranger = await server.person('member', 'stranger')
    const ids = await p.tasks(1)
    const refused = (params: object, sentence: string) =>
      expect(operate(p.manager.api, p.project_id, 'assign', params, ids)).rejects.toMatchObject({
        code: 'invalid_input',
        message: expect.stringContaining(sentence),
      })
    await refused({ people: evenly([ann, stranger]) }, 'is not a member')
    await refused({ people: evenly([ann, ann]) }, 'named twice')
    await refused({ people: evenly([ann]), person_id: ann.id }, '“people”')
    await refused({}, '“people”')
    await refused({ people: [] }, 'params.people')
  })
})
