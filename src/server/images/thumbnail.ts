// Small pictures: at most 320 px on the longer side, upright, WebP.
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { decoder, whenFree } from './decoding.ts'
import { displayOf, type StoredImage } from './display.ts'
import type { FileStore } from './file-store.ts'

const THUMBNAIL_PX = 320
export const THUMBNAIL_TYPE = 'image/webp'
/** The background work that makes them; woken when images came in. */
export const THUMBNAIL_JOB = 'thumbnails'

/** Makes it unless it is there: the same bytes in two projects share one. @throws if the image cannot be decoded */
export async function ensureThumbnail(
  files: FileStore,
  image: StoredImage,
  maxPixels: number,
  urgency: 'now' | 'later',
): Promise<void> {
  if (await files.has('thumbnails', image.content_hash)) return
  const kind = image.mime_type === 'image/bmp' ? (await displayOf(files, image, maxPixels)).kind : 'originals'
  const temporary = join(await files.temporaryFolder(), randomUUID())
  try {
    await whenFree(
      () =>
        decoder(files.path(kind, image.content_hash), maxPixels)
          .autoOrient()
          .resize(THUMBNAIL_PX, THUMBNAIL_PX, { fit: 'inside', withoutEnlargement: true })
          .webp({ quality: 78, effort: 3 })
          .toFile(temporary),
      urgency,
    )
    await files.adopt('thumbnails', image.content_hash, temporary)
  } finally {
    await rm(temporary, { force: true })
  }
}
