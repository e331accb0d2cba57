// images/: bytes, sizes, thumbnails. This file: where bytes lie. Content-addressed, so a file is written once.
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

/** `tiles` of one image are a folder. */
export type FileKind = 'originals' | 'displays' | 'thumbnails' | 'tiles' | 'guide-images'

/** Files under the data folder: `<kind>/ab/cd/<sha256>`. */
export class FileStore {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  path(kind: FileKind, hash: string): string {
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error('not a content hash')
    return join(this.#root, kind, hash.slice(0, 2), hash.slice(2, 4), hash)
  }

  /** A folder for files that are not yet accepted. */
  async temporaryFolder(): Promise<string> {
    const folder = join(this.#root, 'temporary')
    await mkdir(folder, { recursive: true })
    return folder
  }

  async has(kind: FileKind, hash: string): Promise<boolean> {
    return stat(this.path(kind, hash)).then(
      () => true,
      () => false,
    )
  }

  /** Moves a finished temporary file to its place. Same content: same place, so a repeat is harmless. */
  async adopt(kind: FileKind, hash: string, temporaryPath: string): Promise<void> {
    const path = this.path(kind, hash)
    await mkdir(dirname(path), { recursive: true })
    // What cannot be made again: its bytes are on the disk before a row says that they are here.
    if (kind === 'originals' || kind === 'guide-images') await flush(temporaryPath)
    try {
      await rename(temporaryPath, path)
    } catch (error) {
      // Of a folder that is there: somebody else made the same one a moment ago.
      if (kind !== 'tiles' || !['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? ''))
        throw error
      await rm(temporaryPath, { recursive: true, force: true })
    }
  }

  async size(kind: FileKind, hash: string): Promise<number> {
    return (await stat(this.path(kind, hash))).size
  }

  read(kind: FileKind, hash: string): Readable {
    return createReadStream(this.path(kind, hash))
  }

  async discard(temporaryPath: string): Promise<void> {
    await rm(temporaryPath, { force: true })
  }

  /** Removes temporary files that a killed process left. Younger ones may belong to a process at work. */
  async discardStale(olderThanMs: number): Promise<void> {
    const folder = await this.temporaryFolder()
    for (const name of await readdir(folder)) {
      const path = join(folder, name)
      const found = await stat(path).catch(() => null)
      if (found && Date.now() - found.mtimeMs > olderThanMs) await rm(path, { force: true, recursive: true })
    }
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.datasync()
  } finally {
    await file.close()
  }
}
