// The one door to libvips: files only, limits on, and few decodes at once so that memory stays bounded.
import { open } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'

// Files are read once; a cache would hold memory and file handles of what is renamed a moment later.
sharp.cache(false)

/** Decodes at once. Each holds rows of one image; two keep two cores busy. */
const SLOTS = 2
/** A file that takes longer than this to decode was made to. */
const TIMEOUT_S = 120

let free = SLOTS
const waiting: { now: (() => void)[]; later: (() => void)[] } = { now: [], later: [] }

/** Runs `work` when a slot is free. What people wait for goes ahead of what is made in the background. */
export async function whenFree<T>(work: () => Promise<T>, urgency: 'now' | 'later' = 'now'): Promise<T> {
  if (free > 0) free--
  else await new Promise<void>((resolve) => waiting[urgency].push(resolve))
  try {
    return await work()
  } finally {
    const next = waiting.now.shift() ?? waiting.later.shift()
    if (next) next()
    else free++
  }
}

/** A decoder of the first frame that refuses cut-off pixels and more pixels than `maxPixels`. */
export function decoder(path: string, maxPixels: number): Sharp {
  return sharp(path, { failOn: 'truncated', limitInputPixels: maxPixels, sequentialRead: true, pages: 1 }).timeout({
    seconds: TIMEOUT_S,
  })
}

/** Reads the header only, whatever size it claims. */
export const readHeader = (path: string) =>
  sharp(path, { failOn: 'truncated', limitInputPixels: false, pages: 1 }).metadata()

/** What libvips says when the fault is the disk's or the system's: `system error` stands before the text of an errno. */
const OF_SYSTEM = /system error:|unable to create directory|input file is missing|out of memory/i

/** Whether an image could not be decoded, now and later; not whether the disk was full, or the files open were too many. */
export async function isFaultOfImage(error: unknown, path: string): Promise<boolean> {
  const { code, message } = error as NodeJS.ErrnoException
  if (code !== undefined || OF_SYSTEM.test(message)) return false
  if (!message.includes('unsupported image format')) return true
  // So it also says of a file that it could not open.
  const isKnown = await readHeader(path).then(
    () => true,
    () => false,
  )
  const isThere = await open(path).then(
    (file) => file.close().then(() => true),
    () => false,
  )
  return isThere && !isKnown
}
