// A real server process is killed with `kill -9` while people draw and the browser's own saving and heartbeat work
// for them. No acknowledged save is lost, and what is sent again counts once. PIXLHUB_KILLS: how often (`npm run test:kills`).
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ApiError, type Client } from '../../contract/client.ts'
import { createActiveClock } from '../../editor/clock.ts'
import type { AnnotationDocument, AnnotationObject } from '../../model/annotation.ts'
import { DEFAULT_STAGES } from '../../model/workflow.ts'
import { createHeartbeat, type Increments } from '../../web/pages/label/heartbeat.ts'
import { createSaver } from '../../web/pages/label/save-scheduler.ts'
import { createSending } from '../../web/pages/label/sending.ts'
import type { Timers } from '../../web/pages/label/timers.ts'
import type { Database } from '../db/connect.ts'
import { insertOrganization, insertPerson } from '../people/queries.ts'
import { insertProject } from '../projects/queries.ts'
import { type Home, inDatabase, newHome, type ServerProcess, startProcess } from '../test-process.ts'
import { makeTasks, TWO_CLASSES } from '../testing.ts'
import { contradictions } from './test-queries.ts'
import { claim, type Held, newMember, overHttp } from './test-work.ts'

const KILLS = Number(process.env.PIXLHUB_KILLS ?? 4)
const PATIENCE_MS = 300_000 + KILLS * 30_000
const EDITORS = 6
/** The first of them works on an image as full as they come: the second save of 2,000 objects sends what changed, one after a kill the whole. */
const CROWD = 2000
/** One second of the browser's scheduler takes this long. */
const SECOND_MS = 20
const LABEL = 2

/** The same moments in every run: mulberry32. */
function seeded(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
const moments = seeded(20_261_128)

const quick: Timers = {
  now: () => (performance.now() * 1000) / SECOND_MS,
  after(ms, run) {
    const timer = setTimeout(run, (ms * SECOND_MS) / 1000)
    return () => clearTimeout(timer)
  },
}
const isPassing = (error: unknown) => !(error instanceof ApiError) || error.status >= 500

let home: Home
let project_id: number
let secrets: string[]
let server: ServerProcess | null = null
beforeAll(async () => {
  home = await newHome()
  await inDatabase(home, seed)
})
afterAll(async () => {
  await server?.kill()
  await home.drop()
})

async function seed(db: Database): Promise<void> {
  const owner = { name: 'Mira', email: 'mira@example.org', password_hash: 'none' }
  const owner_id = (await insertPerson(db, owner)) as number
  secrets = await db.transaction().execute(async (tx) => {
    const organization_id = await insertOrganization(tx, 'Crash Labs', owner_id)
    const named = { organization_id, name: 'Crash', description: '', is_sample: false, settings: {} }
    project_id = await insertProject(tx, { ...named, stages: DEFAULT_STAGES, schema: TWO_CLASSES })
    const people = []
    for (let i = 0; i < EDITORS; i++) people.push(await newMember(tx, organization_id, project_id, 'labeler'))
    return people.map((p) => p.secret)
  })
  await makeTasks(db, project_id, EDITORS, { stage_id: LABEL })
}

const made = new Map<string, AnnotationObject>()
function drawObject(k: number, turn: number): AnnotationObject {
  const known = made.get(`${k} ${turn}`)
  if (known) return known
  const shape =
    turn % 2 === 0
      ? { type: 'box' as const, x: k % 300, y: turn % 200, width: 20, height: 10 + (turn % 50) }
      : { type: 'polygon' as const, points: [[k % 300, 1], [turn % 300, 2.25], [9, 30 + (turn % 77)]] as [number, number][] } // biome-ignore format: one line
  const object = { id: `o${k}`, class_id: 1 + (turn % 2), shape, attributes: {}, author_id: null }
  made.set(`${k} ${turn}`, object)
  return object
}

/**
 * The n-th document of an editor: objects come and go, and in turn change their shapes and classes. No two are equal.
 * @param crowd so many more stay from the first one on, of which one changes each time
 */
function draw(n: number, crowd: number): AnnotationDocument {
  const first = Math.max(0, n - 30)
  const few = Array.from({ length: n - first }, (_, i) => drawObject(first + i, Math.floor((first + i + n) / 5)))
  const many = Array.from({ length: n > 0 ? crowd : 0 }, (_, i) =>
    drawObject(1_000_000 + i, Math.floor((n + i) / crowd)),
  )
  return { objects: [...many, ...few], global_attributes: {} }
}
const textOf = ({ objects, global_attributes }: AnnotationDocument) =>
  JSON.stringify({ objects: objects.map(({ id, class_id, shape, attributes }) => [id, class_id, Object.entries(shape).sort(), attributes]), global_attributes }) // biome-ignore format: one line

/** The way to the server, for as long as there is one. */
const line = { address: '', isUp: false }

/** A person who draws without a pause, at a page that saves and reports as the browser does. */
function startEditor(secret: string, held: Held, crowd: number) {
  const pauses = seeded(held.task_id)
  let drawn = 0
  let document = draw(0, crowd)
  let isDrawing = true
  const sent: AnnotationDocument[] = [document]
  const acked = { index: 0, revision_id: 0, saves: 0, increments: [] as Increments, duration_ms: 0 }
  const refused: unknown[] = []
  const calling = <T>(call: (api: Client) => Promise<T>): Promise<T> =>
    line.isUp ? call(overHttp(line.address, secret)) : Promise.reject(new Error('offline'))
  const common = { timers: quick, isPassing, onRefused: (error: unknown) => void refused.push(error) }

  const saving = {
    save_document: (whole: Parameters<Client['save_document']>[0]) => calling((api) => api.save_document(whole)),
    save_changes: (changes: Parameters<Client['save_changes']>[0]) => calling((api) => api.save_changes(changes)),
  }
  const send = createSending(saving, held, { revision_id: null, document })
  const saver = createSaver<AnnotationDocument>({
    ...common,
    read: () => document,
    async send(wanted) {
      const index = sent.push(wanted) - 1
      const { revision_id, object_count } = await send(wanted)
      expect(object_count).toBe(wanted.objects.length)
      Object.assign(acked, { index, revision_id, saves: acked.saves + 1 })
    },
    onSaved: () => heartbeat.beat().catch(() => undefined),
  })
  const clock = createActiveClock({ now: () => performance.now(), idleMs: 60_000 })
  clock.held(true)
  const heartbeat = createHeartbeat({
    ...common,
    clock,
    send: (increments, since_input_ms) =>
      calling((api) => api.heartbeat({ ...held, increments: [...increments], since_input_ms })),
    onAnswer(reply, increments) {
      Object.assign(acked, { duration_ms: reply.duration_ms }, increments.length > 0 ? { increments } : {})
      saver.retryNow()
    },
  })
  const drawing = (async () => {
    while (isDrawing) {
      clock.input()
      document = draw(++drawn, crowd)
      saver.changed()
      await wait(5 + pauses() * 50)
    }
  })()

  return {
    acked,
    refused,
    api: () => overHttp(line.address, secret),
    held,
    /** Documents the server may hold: the last that it acknowledged, and what was sent since. */
    mayHold: () => sent.slice(acked.index).map(textOf),
    lastAcked: () => sent[acked.index] as AnnotationDocument,
    async finish() {
      isDrawing = false
      await drawing
      while (saver.hasUnsaved) await saver.flush().catch(() => wait(20))
      await heartbeat.beat()
      heartbeat.stop()
      saver.stop()
    },
  }
}
type Editor = ReturnType<typeof startEditor>

/** A server that was killed is started again. Before anybody goes on: what the editors were told is there. */
async function restart(editors: readonly Editor[]): Promise<void> {
  server = await startProcess(home.env)
  line.address = server.address
  for (const { held, acked, mayHold, api, lastAcked } of editors) {
    const { document, revision_id, task } = await api().get_task(held)
    expect(mayHold()).toContain(textOf(document))
    if (revision_id === acked.revision_id) expect(textOf(document)).toBe(textOf(lastAcked()))
    expect(revision_id ?? 0).toBeGreaterThanOrEqual(acked.revision_id)
    expect(task.object_count).toBe(document.objects.length)
    expect(task.duration_ms).toBeGreaterThanOrEqual(acked.duration_ms)
    const { accepted_ms, duration_ms } = await api().heartbeat({ ...held, increments: [...acked.increments] })
    expect([accepted_ms, duration_ms]).toEqual([0, task.duration_ms])
  }
  line.isUp = true
}

test(
  `${KILLS} × kill -9 under saving editors: no acknowledged save is lost, no replay counts twice`,
  async () => {
    await restart([])
    const editors = await Promise.all(
      secrets.map(async (secret, i) =>
        startEditor(secret, await claim(overHttp(line.address, secret), project_id), i === 0 ? CROWD : 0),
      ),
    )
    const savedByAll = () => editors.map((e) => e.acked.saves)
    for (let kill = 0; kill < KILLS; kill++) {
      const before = savedByAll()
      while (savedByAll().some((saves, i) => saves === before[i])) await wait(5)
      await wait(moments() * 150)
      await server?.kill()
      line.isUp = false
      await restart(editors)
    }
    await Promise.all(editors.map((e) => e.finish()))
    for (const { held, api, lastAcked, acked, refused } of editors) {
      expect(refused).toEqual([])
      expect(textOf((await api().get_task(held)).document)).toBe(textOf(lastAcked()))
      expect((await api().get_task(held)).revision_id).toBe(acked.revision_id)
      // What a save supersedes is dropped, also when its acknowledgement was.
      expect((await api().list_revisions(held)).revisions.map((r) => r.id)).toEqual([acked.revision_id])
      await api().submit_task(held)
    }
    expect(await server?.stop()).toBe(0)
    expect(await inDatabase(home, (db) => contradictions({ app: { db } }, project_id))).toEqual([])
    if (process.env.PIXLHUB_KILLS)
      console.info(`${KILLS} kills, ${savedByAll().reduce((a, b) => a + b)} acknowledged saves`)
  },
  PATIENCE_MS,
)
