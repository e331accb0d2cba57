// Copies of the embedded database. PGlite never makes the operating system flush (docs/decisions/0005), so a power cut
// can damage the folder; a copy that was flushed can be put in its place.
import { constants } from 'node:fs'
import { cp, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Database } from './connect.ts'

const FOLDER = 'backups'

/**
 * Copies the embedded database into `<data_dir>/backups/<moment>` and keeps the newest ones. Everybody waits while the
 * files are copied (at once where the file system can share blocks), then goes on while the copy is flushed.
 * @param keep how many copies stay, ≥ 1
 * @returns path of the new copy; putting it in the place of `<data_dir>/database` restores it
 */
export async function backUp(db: Database, data_dir: string, keep: number): Promise<string> {
  const backups = join(data_dir, FOLDER)
  const unfinished = join(backups, 'unfinished')
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(backups, { recursive: true })
  // Whoever holds the only connection holds the files: nothing writes meanwhile.
  await db.connection().execute(async (held) => {
    await sql`checkpoint`.execute(held)
    await cp(join(data_dir, 'database'), unfinished, { recursive: true, mode: constants.COPYFILE_FICLONE })
  })
  await flush(unfinished)
  const path = join(backups, new Date().toISOString().replace(/[:.]/g, '-'))
  await rename(unfinished, path)
  const old = (await finished(backups)).slice(0, -keep)
  for (const name of old) await rm(join(backups, name), { recursive: true, force: true })
  return path
}

/** When the newest copy was made, or the database itself if there is none, ms since epoch. */
export async function lastBackUp(data_dir: string): Promise<number> {
  const newest = (await finished(join(data_dir, FOLDER))).at(-1)
  const path = newest ? join(data_dir, FOLDER, newest) : join(data_dir, 'database', 'PG_VERSION')
  return (await stat(path)).mtimeMs
}

/** Names of whole copies, oldest first. */
async function finished(backups: string): Promise<string[]> {
  const names = await readdir(backups).catch(() => [])
  return names.filter((name) => /^\d{4}-\d\d-\d\dT/.test(name)).sort()
}

async function flush(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = await open(join(entry.parentPath, entry.name), 'r+')
    await file.sync()
    await file.close()
  }
}
