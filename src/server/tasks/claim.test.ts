// Claiming is written by the database (docs/decisions/0010). Here it is held to the rule and the writer of every other
// change: of two tasks that are alike one is claimed and the other opened, and nothing may differ.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Queryable } from '../db/connect.ts'
import { type Claim, type ClaimRules, claimTasks } from '../history/claim.ts'
import { type TestPerson, type TestProject, type TestServer, testServer } from '../testing.ts'
import { contradictions, expireLeases, tracesOf } from './test-queries.ts'
import { arrange, boxes, claimBy, claimRules, type Held, openIt, operate, rowOf, session } from './test-work.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

type Twins = { p: TestProject; project_id: number; claimed: number; opened: number; me: TestPerson }

/** I am a reviewer, who labels too and, unlike a labeler, may open any task. */
async function twins(): Promise<Twins> {
  const p = await server.project()
  const [claimed = 0, opened = 0] = await p.tasks(2, { stage_id: p.stage('label'), prefix: 'twin' })
  return { p, project_id: p.project_id, claimed, opened, me: await p.member('reviewer', 'me') }
}
const both = ({ claimed, opened }: Twins) => [claimed, opened] as const

/** A claim of its own, which waits for locks. */
async function claimAlone(db: Queryable, rules: ClaimRules, claim: Claim) {
  const [answer] = await claimTasks(db, rules, [claim], 0)
  return answer
}

/** Claims the one, opens the other, and compares the answers and all that was written. */
async function expectAlike(
  t: Twins,
  source: string,
  kind: 'label' | 'review' = 'label',
  sessions = [session(), session()],
) {
  const { project_id, claimed, opened, me } = t
  await new Promise((resolve) => setTimeout(resolve, 5))
  const before = Date.now()
  const answer = await me.api.claim_task({ project_id, kind, session_id: sessions[0] as string })
  expect(answer).toMatchObject({ task_id: claimed, source, opened: { task: { id: claimed } }, empty: null })
  const reply = await me.api.open_task({ project_id, task_id: opened, session_id: sessions[1] as string })
  const own = (text: string) => text.replaceAll(sessions[0] as string, 'mine').replaceAll(sessions[1] as string, 'mine')
  const alike = (value: unknown) =>
    JSON.parse(own(JSON.stringify(value)), (key, v) => {
      if (IDENTITY.has(key)) return undefined
      if (MOMENTS.has(key) && typeof v === 'string') {
        const ms = Date.parse(v) - (key === 'expires_at' ? LEASE_MS : 0)
        expect(ms).toBeLessThanOrEqual(Date.now())
        return ms >= before ? 'now' : 'before'
      }
      return v
    })
  expect(alike(answer.opened)).toEqual(alike(reply))
  const traces = await tracesOf(server, project_id, claimed)
  expect(alike(traces)).toEqual(alike(await tracesOf(server, project_id, opened)))
  expect(await contradictions(server, project_id)).toEqual([])
  return { answer, traces }
}
/** What tells twins apart. */
const IDENTITY = new Set(['id', 'task_id', 'asset_id', 'name', 'revision_id'])
const MOMENTS = new Set(['at', 'updated_at', 'queued_at', 'opened_at', 'expires_at', 'created_at'])
const LEASE_MS = 1_800_000

async function label(t: Twins, person: TestPerson, task_id: number): Promise<Held> {
  const held = await openIt(person.api, t.project_id, task_id)
  await person.api.save_document({ ...held, document: boxes('a', 'b') })
  return held
}

describe('what a claim writes is what opening writes', () => {
  test('from the pool', async () => {
    const t = await twins()
    const reviewer = await t.p.member('reviewer')
    const patch = { priority: 3, stage_assignees: { [t.p.stage('review')]: reviewer.id }, split: 'test' as const }
    await arrange(server, t.project_id, new Map(both(t).map((id) => [id, patch])))
    const { traces } = await expectAlike(t, 'pool')
    expect(traces.events.map((e) => e.kind)).toEqual(['created', 'assigned', 'opened'])
    expect(traces.task.stage_assignees).toEqual({ [t.p.stage('review')]: reviewer.id, [t.p.stage('label')]: t.me.id })
  })

  test('from the pool, with objects and with unsent work of mine', async () => {
    const t = await twins()
    for (const id of both(t)) {
      const held = await label(t, t.me, id)
      await operate(
        t.p.manager.api,
        t.project_id,
        'change-status',
        { stage_id: t.p.stage('label'), open: 'take_over', remove_assignees: true },
        [id],
      )
      await expect(t.me.api.save_document({ ...held, document: boxes('late') })).rejects.toMatchObject({
        code: 'stale_generation',
      })
    }
    const { answer } = await expectAlike(t, 'pool')
    expect(answer.opened?.document.objects).toHaveLength(2)
    expect(answer.opened?.drafts).toMatchObject([{ object_count: 1 }])
  })

  test('returned, with the comment', async () => {
    const t = await twins()
    const reviewer = await t.p.member('reviewer')
    for (const id of both(t)) {
      await t.me.api.submit_task(await label(t, t.me, id))
      const review = await openIt(reviewer.api, t.project_id, id)
      await reviewer.api.reject_task({ ...review, comment: 'Tighter, please' })
    }
    const { answer, traces } = await expectAlike(t, 'returned')
    expect(answer.opened?.returned_comment).toBe('Tighter, please')
    expect(traces.events.at(-1)).toMatchObject({ kind: 'opened' })
  })

  test('assigned to me', async () => {
    const t = await twins()
    await arrange(server, t.project_id, new Map(both(t).map((id) => [id, { assignee_id: t.me.id }])))
    const { traces } = await expectAlike(t, 'assigned')
    expect(traces.events.map((e) => e.kind)).toEqual(['created', 'opened'])
  })

  test('assigned to me, after a lease of mine ran out', async () => {
    const t = await twins()
    for (const id of both(t)) await openIt(t.me.api, t.project_id, id)
    await expireLeases(server, t.project_id)
    await expectAlike(t, 'assigned')
  })

  test('open already, in another tab or the same: nothing but the lease', async () => {
    const t = await twins()
    const sessions = [await openIt(t.me.api, t.project_id, t.claimed), await openIt(t.me.api, t.project_id, t.opened)]
    const before = await tracesOf(server, t.project_id, t.claimed)
    const other = await expectAlike(t, 'open')
    expect(other.traces.task).toEqual(before.task)
    expect(other.traces.lease?.session_id).not.toBe(before.lease?.session_id)
    expect(other.traces.announced).toBe(before.announced)
    const again = sessions.map((s) => s.session_id)
    await expectAlike(t, 'open', 'label', again)
    const kept = await tracesOf(server, t.project_id, t.claimed)
    await expectAlike(t, 'open', 'label', again)
    expect((await tracesOf(server, t.project_id, t.claimed)).lease?.opened_at).toBe(kept.lease?.opened_at)
  })

  test('a review', async () => {
    const t = await twins()
    const labeler = await t.p.member('reviewer', 'labels')
    for (const id of both(t)) await labeler.api.submit_task(await label(t, labeler, id))
    await expectAlike(t, 'pool', 'review')
  })

  test('by an API token, which the history says', async () => {
    const t = await twins()
    const claimed = await claimAlone(
      server.app.db,
      await claimRules(server, t.project_id, 'label'),
      claimBy(t.me.id, 'token'),
    )
    expect(claimed).toMatchObject({ source: 'pool', task: { id: t.claimed } })
    const { events } = await tracesOf(server, t.project_id, t.claimed)
    expect(events.map((e) => e.actor_kind)).toEqual(['system', 'token', 'token'])
  })
})

test('several stages of a kind: the first task of all of them, by the order of offers', async () => {
  const p = await server.project({
    stages: [
      { kind: 'prepare', name: 'Prepare' },
      { kind: 'label', name: 'Boxes' },
      { kind: 'label', name: 'Attributes' },
      { kind: 'completed', name: 'Done' },
    ],
  })
  const [boxesStage = 0, attributes = 0] = p.project.stages.filter((s) => s.kind === 'label').map((s) => s.id)
  const [late = 0, middle = 0] = await p.tasks(2, { stage_id: boxesStage })
  const [first = 0, last = 0] = await p.tasks(2, { stage_id: attributes })
  await arrange(
    server,
    p.project_id,
    new Map([
      [first, { priority: 9 }],
      [middle, { priority: 5 }],
      [late, { priority: 1 }],
      [last, { priority: 0 }],
    ]),
  )
  const got: (number | null)[] = []
  for (let i = 0; i < 4; i++) {
    const { api } = await p.member('labeler', `labeler ${i}`)
    got.push((await api.claim_task({ project_id: p.project_id, kind: 'label', session_id: session() })).task_id)
  }
  expect(got).toEqual([first, middle, late, last])
})

// The embedded database has one connection: nothing happens during a claim there.
describe.runIf(process.env.DATABASE_URL)('somebody who is leaving', () => {
  /** A claim that has not committed when `change` is asked for. */
  async function claimDuring(t: Twins, kind: 'label' | 'review', change: () => Promise<unknown>) {
    const rules = await claimRules(server, t.project_id, kind)
    let isDone = false
    const { changed } = await server.app.db.transaction().execute(async (tx) => {
      expect(await claimAlone(tx, rules, claimBy(t.me.id))).toMatchObject({ source: 'pool' })
      const changing = change().finally(() => {
        isDone = true
      })
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(isDone).toBe(false)
      return { changed: changing }
    })
    await changed
    const row = await rowOf(server, t.project_id, t.claimed)
    expect(row).toMatchObject({ assignee_id: null, stage_assignees: kind === 'label' ? {} : expect.anything() })
    expect((await tracesOf(server, t.project_id, t.claimed)).lease).toBeNull()
    expect(await contradictions(server, t.project_id)).toEqual([])
  }

  test('a member who is removed while claiming gives the task back', async () => {
    const t = await twins()
    const { project_id } = t
    await claimDuring(t, 'label', () => server.owner.remove_project_member({ project_id, person_id: t.me.id }))
  })

  test('a reviewer who becomes labeler while claiming a review gives it back', async () => {
    const t = await twins()
    const { project_id } = t
    const labeler = await t.p.member('reviewer', 'labels')
    for (const id of both(t)) await labeler.api.submit_task(await label(t, labeler, id))
    await claimDuring(t, 'review', () =>
      server.owner.set_project_member({ project_id, person_id: t.me.id, role: 'labeler' }),
    )
  })

  test('who leaves the organization while claiming gives the task back', async () => {
    const t = await twins()
    const me = await server.person('member', 'leaver')
    await server.owner.set_project_member({ project_id: t.project_id, person_id: me.id, role: 'labeler' })
    await claimDuring({ ...t, me }, 'label', () =>
      server.owner.remove_organization_member({ organization_id: server.organization_id, person_id: me.id }),
    )
  })

  test('an admin who becomes member while claiming gives the task back', async () => {
    const t = await twins()
    const me = await server.person('admin', 'was admin')
    await claimDuring({ ...t, me }, 'label', () =>
      server.owner.set_organization_member({
        organization_id: server.organization_id,
        person_id: me.id,
        role: 'member',
      }),
    )
  })

  test('whoever is gone when the claim gets its turn is told so', async () => {
    const t = await twins()
    const rules = await claimRules(server, t.project_id, 'label')
    const { db } = server.app
    const { claiming } = await db.transaction().execute(async (tx) => {
      await tx
        .deleteFrom('project_member')
        .where('project_id', '=', t.project_id)
        .where('person_id', '=', t.me.id)
        .execute()
      const waiting = claimAlone(db, rules, claimBy(t.me.id))
      await new Promise((resolve) => setTimeout(resolve, 200))
      return { claiming: waiting }
    })
    expect(await claiming).toBe('not_allowed')
    expect(await rowOf(server, t.project_id, t.claimed)).toMatchObject({ assignee_id: null, version: 1 })
  })
})
