// Downloads of exports, unpacked in memory, for tests.
import { fromBufferPromise } from 'yauzl'
import type { EXPORT_FORMATS } from '../../contract/assets.ts'
import type { Selection } from '../../model/selection.ts'
import type { TestProject, TestServer } from '../testing.ts'

export type Files = Map<string, Buffer>

export async function unzip(bytes: Buffer): Promise<Files> {
  const archive = await fromBufferPromise(bytes, { lazyEntries: true, autoClose: false })
  const files: Files = new Map()
  for await (const entry of archive.eachEntry()) {
    if (files.has(entry.fileName)) throw new Error(`${entry.fileName} occurs twice`)
    const chunks: Buffer[] = []
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    files.set(entry.fileName, Buffer.concat(chunks))
  }
  return files
}

export const everything: Selection = { filter: { conditions: [] }, all: true }

export async function exported(
  server: TestServer,
  p: TestProject,
  format: (typeof EXPORT_FORMATS)[number],
  options: { selection?: Selection; with_images?: boolean } = {},
) {
  const { project_id } = p
  const run = await p.manager.api.create_export({
    project_id,
    format,
    selection: options.selection ?? everything,
    with_images: options.with_images ?? false,
  })
  return { run, ...(await downloaded(server, p, run.id)) }
}

export async function downloaded(server: TestServer, p: TestProject, export_id: number) {
  const reply = await server.inject({
    url: `/api/projects/${p.project_id}/exports/${export_id}/download`,
    headers: { cookie: `pixlhub_session=${p.manager.cookie}` },
  })
  const files = await unzip(reply.rawPayload)
  const text = (path: string) => files.get(path)?.toString('utf8') ?? ''
  return { reply, files, text, json: (path: string) => JSON.parse(text(path)) }
}
