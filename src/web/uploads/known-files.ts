// Which of these files the project has already, by content hash, so that a repeated upload sends only what is missing.
import { api } from '../api.ts'
import { patiently } from './patiently.ts'
import type { PickedFile } from './upload-store.ts'

/** Larger files are sent without asking: hashing reads a file into memory as a whole. */
const HASHED_UP_TO_BYTES = 128 * 1024 * 1024
/** Hashes per question; the contract allows 1000. */
export const ASK_AT_ONCE = 200

export const isZip = (name: string): boolean => /\.zip$/i.test(name)

/**
 * @returns the files that are not known. Without crypto.subtle (plain HTTP on another host) all are: the server
 * recognizes duplicates too, only later.
 */
export async function unknownFiles(
  project_id: number,
  files: readonly PickedFile[],
  signal: AbortSignal,
): Promise<Set<PickedFile>> {
  const unknown = new Set(files)
  if (!globalThis.crypto?.subtle) return unknown
  const byHash = new Map<string, PickedFile[]>()
  for (const picked of files) {
    if (signal.aborted) return unknown
    if (isZip(picked.path) || picked.file.size > HASHED_UP_TO_BYTES) continue
    const hash = await hashOf(picked.file)
    if (hash) byHash.set(hash, [...(byHash.get(hash) ?? []), picked])
  }
  if (byHash.size === 0) return unknown
  const asked = { project_id, hashes: [...byHash.keys()] }
  const { known } = await patiently(() => api.find_known_assets(asked, { signal }), signal)
  for (const hash of known) for (const picked of byHash.get(hash) ?? []) unknown.delete(picked)
  return unknown
}

/** SHA-256 as lower-case hex; null if the file cannot be read (sending it then says why). */
async function hashOf(file: File): Promise<string | null> {
  try {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  } catch {
    return null
  }
}
