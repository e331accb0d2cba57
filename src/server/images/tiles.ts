// The tiles of a large image, made once, all levels in one pass over its rows, and kept under its content hash.
import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isTiled, lastLevel, TILE_PX, type TilePlace } from '../../model/tiles.ts'
import { decoder, whenFree } from './decoding.ts'
import { displayOf, type StoredImage } from './display.ts'
import type { FileStore } from './file-store.ts'
import { once } from './once.ts'

/** High, because labels are drawn on what it leaves. */
const JPEG = { quality: 92, chromaSubsampling: '4:4:4' }
export const TILE_TYPE = 'image/jpeg'
/** How libvips calls what it makes. */
const NAME = 'image'

export type TiledImage = StoredImage & { width: number; height: number }

/** Makes the tiles unless they are there, or the image is shown as a whole. @throws if the image cannot be decoded */
export async function ensureTiles(
  files: FileStore,
  image: TiledImage,
  maxPixels: number,
  urgency: 'now' | 'later',
): Promise<void> {
  if (!isTiled(image) || (await files.has('tiles', image.content_hash))) return
  await once(`tiles ${image.content_hash}`, () => makeTiles(files, image, maxPixels, urgency))
}

async function makeTiles(files: FileStore, image: TiledImage, maxPixels: number, urgency: 'now' | 'later') {
  const { content_hash, mime_type } = image
  const kind = mime_type === 'image/bmp' ? (await displayOf(files, image, maxPixels)).kind : 'originals'
  const temporary = join(await files.temporaryFolder(), randomUUID())
  try {
    await whenFree(
      () =>
        decoder(files.path(kind, content_hash), maxPixels)
          .autoOrient()
          .flatten({ background: '#ffffff' })
          .jpeg(JPEG)
          .tile({ size: TILE_PX, layout: 'dz', depth: 'onetile', container: 'fs' })
          .toFile(join(temporary, `${NAME}.dz`)),
      urgency,
    )
    await files.adopt('tiles', content_hash, temporary)
  } finally {
    await rm(temporary, { force: true, recursive: true })
  }
}

/** @param place one that the image has */
export function readTile(files: FileStore, image: TiledImage, { level, column, row }: TilePlace): Promise<Buffer> {
  // libvips counts its levels from the smallest one.
  const folder = String(lastLevel(image) - level)
  return readFile(join(files.path('tiles', image.content_hash), `${NAME}_files`, folder, `${column}_${row}.jpeg`))
}
