// What open pages hear: over real sockets, on the real database.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { LIVE_IDS_MAX, type LiveMessage } from '../../contract/live.ts'
import { announceTasks } from '../history/announce.ts'
import { finished } from '../operations/test-set.ts'
import { claim, operate } from '../tasks/test-work.ts'
import { type TestPerson, type TestProject, type TestServer, testServer } from '../testing.ts'
import { Live } from './live.ts'
import { changesSince, positionNow } from './live-queries.ts'
import { type OpenStream, openStream } from './test-stream.ts'
import { Viewer, WAITING_BYTES_MAX } from './viewer.ts'

let server: TestServer
let address: string
beforeAll(async () => {
  server = await testServer({ PIXLHUB_SMALL_OPERATION: '50' })
  address = await server.server.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => server.close())

const open: OpenStream[] = []
afterEach(() => {
  for (const stream of open.splice(0)) stream.close()
})

async function look(p: TestProject, person: TestPerson): Promise<OpenStream> {
  const stream = await openStream(address, p.project_id, { cookie: `pixlhub_session=${person.cookie}` })
  open.push(stream)
  return stream
}
async function looking(p: TestProject, person: TestPerson): Promise<OpenStream> {
  const stream = await look(p, person)
  await stream.next((m) => m.kind === 'hello')
  return stream
}
const names = (id: number) => (m: LiveMessage) => m.kind === 'tasks' && m.ids.includes(id)
const isMany = (m: LiveMessage) => m.kind === 'tasks' && m.many
const forget = (...streams: OpenStream[]) => {
  for (const s of streams) s.messages.length = 0
}

describe('two people with the same project open', () => {
  test('each hears of the other’s change within two seconds, and of nobody else’s project', async () => {
    const [p, elsewhere] = [await server.project(), await server.project()]
    const ids = await p.tasks(3, { stage_id: p.stage('label') })
    const reviewer = await p.member('reviewer')
    const [one, two, other] = [
      await looking(p, p.manager),
      await looking(p, reviewer),
      await looking(elsewhere, elsewhere.manager),
    ]
    // What changed just before is told at the first look.
    await sleep(1500)
    forget(one, two, other)
    await operate(p.manager.api, p.project_id, 'set-priority', { priority: 7 }, [ids[1] as number])
    await Promise.all([one.next(names(ids[1] as number)), two.next(names(ids[1] as number))])
    expect(one.messages.filter((m) => m.kind === 'tasks')).toEqual([{ kind: 'tasks', ids: [ids[1]], many: false }])
    await sleep(700)
    expect(other.messages.filter((m) => m.kind === 'tasks')).toEqual([])
    // Told once, not at every look.
    expect(two.messages.filter(names(ids[1] as number))).toHaveLength(1)
  })

  test('a lease that begins, is given back, or runs out is told', async () => {
    const p = await server.project()
    await p.tasks(2, { stage_id: p.stage('label') })
    const labeler = await p.member('labeler')
    const stream = await looking(p, p.manager)
    forget(stream)
    const held = await claim(labeler.api, p.project_id)
    await stream.next(names(held.task_id))
    forget(stream)
    await labeler.api.release_task(held)
    await stream.next(names(held.task_id))
    const again = await claim(labeler.api, p.project_id)
    await stream.next(names(again.task_id))
    await sleep(700)
    forget(stream)
    await server.app.db
      .updateTable('task_lease')
      .set({ expires_at: new Date(Date.now() + 300).toISOString() })
      .where('project_id', '=', p.project_id)
      .where('task_id', '=', again.task_id)
      .execute()
    await stream.next(names(again.task_id))
  })

  test('what changed between the page’s reading and its stream is told at the beginning', async () => {
    const p = await server.project()
    const [id = 0] = await p.tasks(1)
    await operate(p.manager.api, p.project_id, 'set-priority', { priority: 7 }, [id])
    const stream = await looking(p, p.manager)
    await stream.next(names(id), 500)
  })
})

describe('many tasks', () => {
  test('are named up to a limit and beyond it only announced', async () => {
    const p = await server.project()
    const stream = await looking(p, p.manager)
    const ids = await p.tasks(LIVE_IDS_MAX + 1)
    await stream.next(isMany)
    await sleep(600)
    forget(stream)
    await server.app.db.transaction().execute((tx) => announceTasks(tx, p.project_id, ids.slice(1)))
    const named = (await stream.next((m) => m.kind === 'tasks')) as { ids: number[] }
    expect(named.ids).toHaveLength(LIVE_IDS_MAX)
    forget(stream)
    await server.app.db.transaction().execute((tx) => announceTasks(tx, p.project_id, ids))
    expect(await stream.next(isMany)).toEqual({ kind: 'tasks', ids: [], many: true })
  })

  test('in many small changes as well', async () => {
    const p = await server.project()
    const ids = await p.tasks(LIVE_IDS_MAX + 1)
    const from = await positionNow(server.app.db)
    await server.app.db.transaction().execute(async (tx) => {
      for (const id of ids) await announceTasks(tx, p.project_id, [id])
    })
    expect((await changesSince(server.app.db, p.project_id, from)).ids).toBeNull()
  })

  test('an operation in the background is told as it goes on and when it ends, to those who may run operations', async () => {
    const p = await server.project()
    const ids = await p.tasks(60)
    const reviewer = await p.member('reviewer')
    const [manager, other] = [await looking(p, p.manager), await looking(p, reviewer)]
    const { id } = await operate(p.manager.api, p.project_id, 'set-priority', { priority: 3 }, ids)
    await finished(p.manager.api, p.project_id, id)
    const done = (m: LiveMessage) =>
      m.kind === 'operations' && m.operations.some((o) => o.id === id && o.state === 'done' && o.applied === 60)
    await manager.next(done)
    await sleep(700)
    expect(other.messages.filter((m) => m.kind === 'operations')).toEqual([])
  })
})

// The embedded database has one connection: two transactions are never open at once there.
test.runIf(process.env.DATABASE_URL)(
  'commits in another order than the beginnings lose and repeat nothing',
  async () => {
    const p = await server.project()
    const [first = 0, second = 0] = await p.tasks(2)
    const { db } = server.app
    let position = await positionNow(db)
    const heard: number[] = []
    const listen = async () => {
      const { ids, position: next } = await changesSince(db, p.project_id, position)
      heard.push(...(ids ?? []))
      position = next
    }
    // While transactions of other databases are open, a feed hears at its first look what was just before it.
    await listen()
    heard.length = 0
    await db.transaction().execute(async (early) => {
      await announceTasks(early, p.project_id, [first])
      await db.transaction().execute((late) => announceTasks(late, p.project_id, [second]))
      await listen()
      await listen()
      expect(heard).toEqual([second])
    })
    await listen()
    expect(heard).toEqual([second, first])
    // Remembered as long as some transaction of the server is older, those of other databases among them.
    const remembered = async () => {
      await listen()
      return position.seen.size
    }
    await expect.poll(remembered, { timeout: 20_000 }).toBe(0)
    expect(heard).toEqual([second, first])
  },
)

describe('who may listen', () => {
  test('a labeler is refused, a stranger learns nothing', async () => {
    const p = await server.project()
    expect((await look(p, await p.member('labeler'))).status).toBe(403)
    expect((await look(p, await server.person('member', 'nobody'))).status).toBe(404)
    expect((await openStream(address, p.project_id, {})).status).toBe(401)
  })

  test('who is removed, or made labeler, hears no more; the others do', async () => {
    const p = await server.project()
    const [gone, lowered] = [await p.member('reviewer', 'gone'), await p.member('reviewer', 'lowered')]
    const streams = [await looking(p, gone), await looking(p, lowered), await looking(p, p.manager)] as const
    await server.owner.remove_project_member({ project_id: p.project_id, person_id: gone.id })
    await server.owner.set_project_member({ project_id: p.project_id, person_id: lowered.id, role: 'labeler' })
    await Promise.all([streams[0].ended(5000), streams[1].ended(5000)])
    forget(streams[2])
    const [id = 0] = await p.tasks(1)
    await streams[2].next(names(id))
  })

  test('who signs out hears no more', async () => {
    const p = await server.project()
    const person = await p.member('reviewer', 'leaving')
    const stream = await looking(p, person)
    expect(stream.type).toBe('text/event-stream')
    await person.api.sign_out({})
    // Sessions are looked at with each ping, every 15 seconds.
    const later = Date.now() + 16_000
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => later)
    await stream.ended(2000).finally(() => clock.mockRestore())
  })

  test('one person’s streams are bounded, and closed ones make room', async () => {
    const p = await server.project()
    const person = await p.member('reviewer', `windows-${randomUUID()}`)
    const streams: OpenStream[] = []
    for (let i = 0; i < 12; i++) streams.push(await looking(p, person))
    expect((await look(p, person)).status).toBe(429)
    for (const stream of streams) stream.close()
    await sleep(100)
    expect((await look(p, person)).status).toBe(200)
  })
})

test('while nobody looks, the database is not asked', async () => {
  const { project_id } = await server.project()
  let asked = 0
  const counted = new Proxy(server.app.db, {
    get(db, key) {
      if (key === 'getExecutor') asked++
      const value = Reflect.get(db, key)
      return typeof value === 'function' ? value.bind(db) : value
    },
  })
  const live = new Live(counted, () => {})
  const who = { person_id: 1, mayFollowOperations: true, isSignedIn: async () => true }
  const [first, second] = [await live.follow(project_id, who), await live.follow(project_id, who)]
  expect(live.feedCount).toBe(1)
  const before = asked
  await sleep(1200)
  // Two questions a look, however many look.
  expect(asked - before).toBeGreaterThanOrEqual(2)
  expect(asked - before).toBeLessThanOrEqual(6)
  first.destroy()
  second.destroy()
  await sleep(600)
  const after = asked
  await sleep(1200)
  expect([asked - after, live.feedCount]).toEqual([0, 0])
})

test('who comes while the last one who was dismissed is still connected hears what happens', async () => {
  const p = await server.project()
  const { project_id } = p
  const [id = 0] = await p.tasks(1)
  await sleep(100)
  const live = new Live(server.app.db, () => {})
  let isAsked = false
  const signedOut = async () => {
    isAsked = true
    return false
  }
  // Given somebody who signed out, and whose browser does not read
  const gone = await live.follow(project_id, { person_id: 1, mayFollowOperations: true, isSignedIn: signedOut })
  const later = Date.now() + 16_000
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => later)
  await expect.poll(() => isAsked, { timeout: 3000 }).toBe(true)
  clock.mockRestore()
  await sleep(10)
  expect(gone.destroyed).toBe(false)
  // When another comes and something changes
  const stream = await live.follow(project_id, {
    person_id: 2,
    mayFollowOperations: true,
    isSignedIn: async () => true,
  })
  let heard = ''
  stream.on('data', (chunk) => (heard += chunk))
  await sleep(20)
  heard = ''
  await server.app.db.transaction().execute((tx) => announceTasks(tx, project_id, [id]))
  await expect.poll(() => heard, { timeout: 3000 }).toContain(`"ids":[${id}]`)
  await live.close()
})

test('who does not read is dropped, and costs no more than a little memory', () => {
  const viewer = new Viewer(1, true, async () => true)
  const message: LiveMessage = {
    kind: 'tasks',
    ids: Array.from({ length: LIVE_IDS_MAX }, (_, i) => 1e12 + i),
    many: false,
  }
  for (let i = 0; i < 1000 && !viewer.stream.destroyed; i++) {
    viewer.send(message)
    expect(viewer.stream.readableLength).toBeLessThanOrEqual(WAITING_BYTES_MAX)
  }
  expect(viewer.stream.destroyed).toBe(true)
})

test('when the database may have forgotten what was told, pages connect again and hear what happens', async () => {
  const p = await server.project()
  const [id = 0] = await p.tasks(1)
  const stream = await looking(p, p.manager)
  server.app.live.doubt()
  await stream.ended(1000)
  const again = await looking(p, p.manager)
  forget(again)
  await operate(p.manager.api, p.project_id, 'set-priority', { priority: 7 }, [id])
  await again.next(names(id))
})

test('a stopping server ends its streams', async () => {
  const stopping = await testServer()
  const at = await stopping.server.listen({ port: 0, host: '127.0.0.1' })
  const p = await stopping.project()
  const stream = await openStream(at, p.project_id, { cookie: `pixlhub_session=${p.manager.cookie}` })
  await stream.next((m) => m.kind === 'hello')
  await Promise.all([stream.ended(2000), stopping.close()])
})
