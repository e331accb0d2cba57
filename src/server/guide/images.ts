// An image into the guide: received, looked at, kept under its hash.
import type { Readable } from 'node:stream'
import { Failure } from '../../model/failure.ts'
import { GUIDE_IMAGES_MAX } from '../../model/guide.ts'
import type { App } from '../handler.ts'
import { type Inspected, inspectImage } from '../images/inspect.ts'
import { type ReceivedFile, receiveUpload } from '../imports/received-file.ts'
import { lockProject } from '../projects/queries.ts'
import { countGuideImages, type GuideImage, guideImageByHash, insertGuideImage } from './queries.ts'

const MIB = 1024 * 1024
/** A guide is read beside the work: enough for a photo as a camera makes it. */
const LIMITS = { image_bytes: 10 * MIB, image_pixels: 40_000_000 }
/** What every browser shows as it is. */
const SHOWN = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif']

/** @throws Failure too_large, unsupported_media, too_many_images, or invalid_input when the upload broke off */
export async function takeGuideImage(
  app: App,
  into: { project_id: number; person_id: number },
  stream: Readable,
): Promise<GuideImage> {
  const file = await receiveImage(app, stream)
  try {
    const known = await guideImageByHash(app.db, into.project_id, file.hash)
    return known ?? (await keep(app, into, file, await inspect(file)))
  } finally {
    await app.files.discard(file.path)
  }
}

function receiveImage(app: App, stream: Readable): Promise<ReceivedFile> {
  const tooLong = `An image of a guide may have ${LIMITS.image_bytes / MIB} MiB. Make it smaller first.`
  return receiveUpload(app.files, stream, LIMITS.image_bytes, tooLong, 'image')
}

async function inspect(file: ReceivedFile): Promise<Inspected> {
  const inspected = await inspectImage(file.path, '', LIMITS)
  if ('refusal' in inspected) throw new Failure('unsupported_media', inspected.refusal)
  if (!SHOWN.includes(inspected.mime_type))
    throw new Failure('unsupported_media', 'Not every browser shows such a file. Use JPEG, PNG, WebP, GIF or AVIF.')
  return inspected
}

async function keep(
  app: App,
  { project_id, person_id }: { project_id: number; person_id: number },
  file: ReceivedFile,
  inspected: Inspected,
): Promise<GuideImage> {
  return app.db.transaction().execute(async (tx) => {
    await lockProject(tx, project_id)
    if ((await countGuideImages(tx, project_id)) >= GUIDE_IMAGES_MAX)
      throw new Failure(
        'too_many_images',
        `This guide has ${GUIDE_IMAGES_MAX} images already. Remove one that it does not show.`,
      )
    // Bytes first, row second: a row never points to nothing.
    await app.files.adopt('guide-images', file.hash, file.path)
    const is = { project_id, content_hash: file.hash, byte_size: file.size, created_by_id: person_id }
    await insertGuideImage(tx, { ...is, ...inspected })
    return (await guideImageByHash(tx, project_id, file.hash)) as GuideImage
  })
}
