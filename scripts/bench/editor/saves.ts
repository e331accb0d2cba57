// Saves of a document of 2,000 boxes of which one was moved. Beside each a plain INSERT of the same document as text on a
// database of the same kind: less than that no save can do.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { AnnotationDocument } from '../../../src/model/annotation.ts'
import { changesOf } from '../../../src/model/changes.ts'
import { openDatabase } from '../../../src/server/db/connect.ts'
import { median, percentile } from '../measure.ts'
import { type EditorLine, timesLine } from './line.ts'
import { photo } from './photo.ts'
import { boxes, HEIGHT, WIDTH } from './scenes.ts'
import type { World } from './world.ts'

const OBJECTS = 2000
const SAVES = 60
const WARM_SAVES = 10
const LIMIT_MS = 50

export async function saves({ world, add }: { world: World; add(line: EditorLine): void }): Promise<void> {
  const { client, project_id } = world
  const first = boxes(OBJECTS)
  const { task_id } = await world.addImage('saves.jpg', await photo(WIDTH - 16, HEIGHT, 1_000_000, 1))
  await world.fill(task_id, first)
  const session_id = 'bench-saves'
  const { generation } = await client.open_task({ project_id, task_id, session_id })
  const holder = { project_id, task_id, session_id, generation }
  await measured(world, add, 'save of 2,000 objects, whole', async (i) => {
    const document = withMoved(first, i)
    const from = performance.now()
    await client.save_document({ ...holder, document })
    return { seen: performance.now() - from, document }
  })
  let base = first
  let { revision_id: base_id } = await client.save_document({ ...holder, document: first })
  await measured(world, add, 'save of 2,000 objects, as the editor does: what changed', async (i) => {
    const document = withMoved(first, i)
    const from = performance.now()
    const saved = await client.save_changes({ ...holder, base_id, changes: changesOf(base, document) })
    const seen = performance.now() - from
    base = document
    base_id = saved.revision_id
    return { seen, document }
  })
  await client.release_task(holder)
}

async function measured(
  world: World,
  add: (line: EditorLine) => void,
  work: string,
  save: (i: number) => Promise<{ seen: number; document: AnnotationDocument }>,
): Promise<void> {
  const floor = await openFloor(world.database_url)
  const [server, seen, plain]: [number[], number[], number[]] = [[], [], []]
  try {
    for (let i = 0; i < SAVES + WARM_SAVES; i++) {
      const saved = await save(i)
      const ms = world.serverMs()
      const inserted = await floor.insert(JSON.stringify(saved.document))
      if (i < WARM_SAVES) continue
      server.push(ms)
      seen.push(saved.seen)
      plain.push(inserted)
    }
  } finally {
    await floor.close()
  }
  const of = (times: number[]) => `p50 ${median(times).toFixed(1)}, p95 ${percentile(times, 95).toFixed(1)}`
  const note = `request to reply as the client sees it: ${of(seen)}`
  add({
    ...timesLine({ work: `${work}: server time`, objects: OBJECTS, limit: LIMIT_MS, note }, server),
    floor_p50_ms: Math.round(median(plain) * 10) / 10,
    floor_p95_ms: Math.round(percentile(plain, 95) * 10) / 10,
  })
}

const withMoved = (document: AnnotationDocument, place: number): AnnotationDocument => ({
  ...document,
  objects: document.objects.map((o, i) =>
    i === place && o.shape.type === 'box' ? { ...o, shape: { ...o.shape, x: place } } : o,
  ),
})

/** A table with one column, beside the server's tables or, embedded, in a folder of its own. */
async function openFloor(database_url: string | null) {
  const data_dir = await mkdtemp(join(tmpdir(), 'pixlhub-bench-floor-'))
  const { db, close } = await openDatabase({ data_dir, database_url })
  await sql`create table floor_document (id bigserial primary key, document text not null)`.execute(db)
  return {
    /** @returns ms */
    async insert(text: string): Promise<number> {
      const from = performance.now()
      await sql`insert into floor_document (document) values (${text})`.execute(db)
      return performance.now() - from
    },
    async close(): Promise<void> {
      await sql`drop table floor_document`.execute(db)
      await close()
      await rm(data_dir, { recursive: true, force: true })
    },
  }
}
