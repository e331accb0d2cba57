// The command against its own data folder, and the real data sets, which run when their folders are there.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEFAULT_STAGES } from '../model/workflow.ts'
import { readConfig } from './config.ts'
import { type Database, openDatabase } from './db/connect.ts'
import { bmpPicture, picture } from './images/test-images.ts'
import { runImportCommand } from './import-command.ts'
import { uprightJpegSize } from './imports/test-jpeg.ts'
import { zip } from './imports/test-zips.ts'
import { insertProject } from './projects/queries.ts'
import { type TestServer, testServer } from './testing.ts'

let root: string
let env: Record<string, string>
let server: TestServer | null = null
let organization_id: number
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pixlhub-command-'))
  env = { PIXLHUB_DATA: join(root, 'data') }
  if (process.env.DATABASE_URL) {
    server = await testServer()
    env.DATABASE_URL = server.config.database_url as string
  }
  const row = await inDatabase((db) =>
    db.insertInto('organization').values({ name: 'Labs' }).returning('id').executeTakeFirstOrThrow(),
  )
  organization_id = row.id
})
afterAll(async () => {
  await server?.close()
  await rm(root, { recursive: true, force: true })
})

async function inDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const { db, close } = await openDatabase(readConfig(env))
  try {
    return await work(db)
  } finally {
    await close()
  }
}

async function project(name: string): Promise<number> {
  const schema = { classes: [], global_attributes: [] }
  return inDatabase((db) =>
    db.transaction().execute((tx) =>
      insertProject(tx, {
        organization_id,
        name,
        description: '',
        is_sample: false,
        settings: {},
        stages: DEFAULT_STAGES,
        schema,
      }),
    ),
  )
}

async function run(...argv: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = []
  const code = await runImportCommand(argv, env, { line: (text) => lines.push(text), progress: () => {} })
  return { code, text: lines.join('\n') }
}

const tasksOf = (project_id: number) =>
  inDatabase((db) =>
    db
      .selectFrom('task')
      .select(['name', 'folder', 'width', 'height', 'priority', 'batch_id'])
      .where('project_id', '=', project_id)
      .orderBy('id')
      .execute(),
  )

async function folderWith(files: Record<string, Buffer | string>): Promise<string> {
  const folder = await mkdtemp(join(root, 'in-'))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return folder
}

test('a folder with folders, zips and rubbish: images go in, each other file is named with its reason', async () => {
  const project_id = await project('Streets')
  const folder = await folderWith({
    'a.jpg': await picture('jpeg'),
    'day 1/b.png': await picture('png'),
    'day 1/more.zip': await zip({ 'c.webp': await picture('webp'), 'd.txt': 'no image' }),
    'day 2/same.jpg': await picture('jpeg'),
    'day 2/false.jpg': await picture('gif'),
    '.DS_Store': 'x',
  })
  await symlink(folder, join(folder, 'circle'))

  const first = await run('--project', 'streets', folder, '--batch', 'May', '--priority', '-5')
  expect(first.text).toContain('3 new, 1 here already, 3 refused')
  expect(first.text).toContain('refused  circle: A link to a folder is not followed.')
  expect(first.text).toContain('refused  day 1/d.txt: This is not an image')
  expect(first.text).toContain('refused  day 2/false.jpg: The name ends in .jpg, but the content is GIF.')
  expect(first.code).toBe(0)
  const tasks = await tasksOf(project_id)
  expect(tasks.map((t) => [t.folder, t.name, t.priority])).toEqual([
    ['', 'a.jpg', -5],
    ['day 1', 'b.png', -5],
    ['day 1', 'c.webp', -5],
  ])
  expect(tasks[0]?.batch_id).not.toBeNull()
  expect(existsSync(join(folder, 'a.jpg'))).toBe(true)

  const again = await run('--project', String(project_id), join(folder, 'day 1', 'b.png'))
  expect(again.text).toContain('0 new, 1 here already, 0 refused')
  expect(again.code).toBe(0)
  expect(await readdir(join(root, 'data/files/temporary'))).toEqual([])
  const runs = await inDatabase((db) =>
    db
      .selectFrom('import_run')
      .select(['state', 'total', 'created_count', 'duplicate_count', 'rejected_count'])
      .where('project_id', '=', project_id)
      .orderBy('id')
      .execute(),
  )
  expect(runs).toEqual([
    { state: 'done', total: 7, created_count: 3, duplicate_count: 1, rejected_count: 3 },
    { state: 'done', total: 1, created_count: 0, duplicate_count: 1, rejected_count: 0 },
  ])
})

test('what is wrong is told, and the exit code is 1', async () => {
  await project('Twice')
  await project('twice')
  const folder = await folderWith({ 'a.bmp': bmpPicture() })
  const empty = await folderWith({})
  const cases: [string[], string][] = [
    [[], 'Usage'],
    [['--project', 'Twice'], 'Usage'],
    [['--project', 'Twice', folder, '--colour', 'red'], 'Usage'],
    [['--project', 'nobody', folder], 'There is no project “nobody”'],
    [['--project', 'twice', folder], '2 projects are called “twice”'],
    [['--project', 'Streets', join(folder, 'none')], 'There is no'],
    [['--project', 'Streets', folder, '--priority', '2000'], '--priority must be'],
    [['--project', 'Streets', folder, '--batch', ' '], '--batch'],
    [['--project', 'Streets', empty], 'There are no files'],
  ]
  for (const [argv, sentence] of cases) {
    const { code, text } = await run(...argv)
    expect([code, text], argv.join(' ')).toEqual([1, expect.stringContaining(sentence)])
  }
})

test('stopped in the middle, it ends after the files in hand and says so', async () => {
  const project_id = await project('Stopped')
  const files: Record<string, Buffer> = {}
  for (let i = 0; i < 120; i++) files[`${i}.bmp`] = bmpPicture(20, 20, i)
  for (const [name, bytes] of Object.entries(files)) bytes.writeUInt32LE(Number.parseInt(name, 10), 38)
  const stop = new AbortController()
  const lines: string[] = []
  const output = { line: (text: string) => lines.push(text), progress: () => stop.abort() }
  await runImportCommand(['--project', 'Stopped', await folderWith(files)], env, output as never, stop.signal)
  expect(lines.join('\n')).toContain('Stopped. 50 new')
  expect(await tasksOf(project_id)).toHaveLength(50)
})

test.skipIf(process.env.DATABASE_URL)(
  'while a server holds the data folder, the sentence says what to do',
  async () => {
    const folder = await folderWith({ 'a.bmp': bmpPicture() })
    const { code, text } = await inDatabase(() => run('--project', 'Streets', folder))
    expect(code).toBe(1)
    expect(text).toContain('PixlHub already runs on')
    expect(text).toContain('upload in the browser')
    expect(text).toContain('DATABASE_URL')
  },
)

const data = (path: string) => fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url))
const REAL = [
  { name: 'BCCD', folder: data('bccd/BCCD/JPEGImages'), images: 364, contents: 364 },
  // Four pictures of this set stand in it twice, byte by byte, under two names.
  { name: 'raccoon', folder: data('raccoon/images'), images: 200, contents: 196 },
]
for (const real of REAL) {
  const isHere = existsSync(real.folder)
  test.skipIf(!isHere)(
    `${real.name}: all ${real.images} images go in, upright${isHere ? '' : ' (skipped: the data folder is not here)'}`,
    async () => {
      const { name, folder, images, contents } = real
      const project_id = await project(name)
      const { code, text } = await run('--project', name, folder)
      expect(text).toContain(`${contents} new, ${images - contents} here already, 0 refused`)
      expect(code).toBe(0)
      const files = await Promise.all(
        (await readdir(folder)).map(async (file) => ({ file, bytes: await readFile(join(folder, file)) })),
      )
      expect(files).toHaveLength(images)
      expect(new Set(files.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'))).size).toBe(contents)
      const expected = new Map(files.map(({ file, bytes }) => [file, uprightJpegSize(bytes)]))
      for (const task of await tasksOf(project_id))
        expect(expected.get(task.name), task.name).toMatchObject({ width: task.width, height: task.height })
      const again = await run('--project', name, folder)
      expect(again.text).toContain(`0 new, ${images} here already, 0 refused`)
      expect(again.code).toBe(0)
    },
    120_000,
  )
}
