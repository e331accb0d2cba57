// Builds the sample project: 24 drawn images, tasks in every stage, some skipped, some split, history behind
// them. Everything goes the way of real work: decisions of model/, written by history/record.ts.
import { createHash, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { firstOfKind } from '../../model/workflow.ts'
import type { App, ProjectScope } from '../handler.ts'
import { createTasks, type Stamp } from '../history/record.ts'
import { insertAssets } from '../imports/ingest-queries.ts'
import { batchByName } from '../imports/queries.ts'
import { rulesOf } from '../operations/context.ts'
import { createProject } from '../projects/create-project.ts'
import { projectById } from '../projects/scope-queries.ts'
import { SAMPLE_SCHEMA } from './classes.ts'
import { drawScene, type Scene } from './draw.ts'
import { Past } from './past.ts'

export const SAMPLE_IMAGES = 24
const DAY_MS = 86_400_000

type Drawn = { scene: Scene; content_hash: string; byte_size: number; name: string }

/** @returns the new project, as its creator sees it */
export async function createSampleProject(app: App, organization_id: number, person_id: number): Promise<ProjectScope> {
  const drawn: Drawn[] = []
  for (let number = 0; number < SAMPLE_IMAGES; number++) drawn.push(await draw(app, number))
  return app.db.transaction().execute(async (tx) => {
    const project_id = await createProject(tx, organization_id, person_id, {
      name: 'Sample: street scenes',
      description: 'Drawn by PixlHub, with known ground truth. Change whatever you like.',
      is_sample: true,
      schema: SAMPLE_SCHEMA,
      settings: { allow_self_review: true },
    })
    const project = await projectById(tx, project_id)
    const batches = [
      await batchByName(tx, project_id, 'Morning drive'),
      await batchByName(tx, project_id, 'Evening drive'),
    ]
    const assets = await insertAssets(
      tx,
      project_id,
      drawn.map(({ name, content_hash, byte_size, scene }) => ({
        name,
        folder: 'drawn',
        content_hash,
        byte_size,
        mime_type: 'image/jpeg',
        width: scene.width,
        height: scene.height,
      })),
    )
    const idOf = new Map(assets.map((a) => [a.content_hash, a.id]))
    const start = Date.now() - 4 * DAY_MS
    const stamp: Stamp = { actor: { person_id, kind: 'person' }, at: new Date(start).toISOString(), operation_id: null }
    const stage_id = firstOfKind(project.workflow, 'prepare').id
    const taskIds = await createTasks(
      tx,
      project_id,
      stamp,
      drawn.map(({ name, content_hash, scene }, i) => ({
        asset_id: idOf.get(content_hash) as number,
        name,
        folder: 'drawn',
        width: scene.width,
        height: scene.height,
        stage_id,
        priority: i % 8 === 3 ? 10 : 0,
        batch_id: batches[i < 14 ? 0 : 1] ?? null,
      })),
    )
    const past = new Past(tx, project, await rulesOf(tx, project), person_id, start)
    for (const [i, task_id] of taskIds.entries()) await live(past, task_id, i, (drawn[i] as Drawn).scene)
    return { ...project, role: 'manager' }
  })
}

/** What became of the i-th task: 0–5 wait in Prepare, 6–12 in Label, 13–16 in Review, the others are completed. */
async function live(past: Past, task_id: number, i: number, scene: Scene): Promise<void> {
  if (i < 6) return
  await past.release(task_id)
  if (i === 7) return past.skip(task_id, 'ambiguous', null)
  if (i === 8) return past.skip(task_id, 'poor_image_quality', null)
  if (i < 12) return
  await past.label(task_id, scene.objects, 40_000 + scene.objects.length * 9_000 + i * 700)
  if (i === 12) return past.reject(task_id, 'One object is missing on the left.')
  if (i < 17) return
  await past.approve(task_id)
  await past.split(task_id, i < 22 ? 'train' : i === 22 ? 'validation' : 'test')
}

async function draw(app: App, number: number): Promise<Drawn> {
  const scene = drawScene(number)
  const bytes = await sharp(Buffer.from(scene.svg)).jpeg({ quality: 88 }).toBuffer()
  const content_hash = createHash('sha256').update(bytes).digest('hex')
  const path = join(await app.files.temporaryFolder(), randomUUID())
  await writeFile(path, bytes)
  await app.files.adopt('originals', content_hash, path)
  return { scene, content_hash, byte_size: bytes.length, name: `scene-${String(number + 1).padStart(2, '0')}.jpg` }
}
