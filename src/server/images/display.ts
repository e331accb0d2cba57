// What browsers are given. Most originals go out as they are; the others become a lossless, upright PNG on
// first request, and the PNG is kept.

import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { bmpChannels, bmpRows, readBmpHeader } from './bmp.ts'
import { decoder, readHeader, whenFree } from './decoding.ts'
import type { FileStore } from './file-store.ts'
import { once } from './once.ts'
import { writePng } from './png-writer.ts'

export type StoredImage = { content_hash: string; mime_type: string }
/** Which stored file to show, and what it is. */
export type Display = { kind: 'originals' | 'displays'; mime_type: string }

const UNSHOWN = new Set(['image/tiff', 'image/bmp'])
/** Browsers turn JPEGs upright alike, but not these. AVIF carries its turn in the container, which all obey. */
const TURNED_DIFFERENTLY = new Set(['image/png', 'image/webp'])

/** @param maxPixels the limit under which the image was accepted */
export async function displayOf(files: FileStore, image: StoredImage, maxPixels: number): Promise<Display> {
  const { content_hash, mime_type } = image
  const isOriginal =
    !UNSHOWN.has(mime_type) && !(TURNED_DIFFERENTLY.has(mime_type) && (await isTurned(files, content_hash)))
  if (isOriginal) return { kind: 'originals', mime_type }
  if (!(await files.has('displays', content_hash)))
    await once(`display ${content_hash}`, () => makeDisplay(files, image, maxPixels))
  return { kind: 'displays', mime_type: 'image/png' }
}

async function isTurned(files: FileStore, hash: string): Promise<boolean> {
  const { orientation } = await readHeader(files.path('originals', hash))
  return orientation !== undefined && orientation > 1
}

async function makeDisplay(
  files: FileStore,
  { content_hash, mime_type }: StoredImage,
  maxPixels: number,
): Promise<void> {
  const source = files.path('originals', content_hash)
  const temporary = join(await files.temporaryFolder(), randomUUID())
  try {
    await whenFree(() =>
      mime_type === 'image/bmp' ? bmpToPng(source, temporary) : toPng(source, temporary, maxPixels),
    )
    await files.adopt('displays', content_hash, temporary)
  } finally {
    await rm(temporary, { force: true })
  }
}

async function bmpToPng(source: string, target: string): Promise<void> {
  const header = await readBmpHeader(source)
  if (typeof header === 'string') throw new Error(header)
  await writePng(
    target,
    { width: header.width, height: header.height, channels: bmpChannels(header) },
    bmpRows(source, header),
  )
}

/** 16 bits per channel stay 16 bits. */
async function toPng(source: string, target: string, maxPixels: number): Promise<void> {
  const { depth, channels } = await readHeader(source)
  const image = decoder(source, maxPixels).autoOrient()
  if (depth === 'ushort') image.toColourspace(channels <= 2 ? 'grey16' : 'rgb16')
  await image.png().toFile(target)
}
