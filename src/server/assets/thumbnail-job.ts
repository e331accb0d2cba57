// Makes thumbnails, and the tiles of large images, in the background. What is to do stands in the rows, so a restart goes on where it stopped.
import type { App } from '../handler.ts'
import { isFaultOfImage } from '../images/decoding.ts'
import { ensureThumbnail, THUMBNAIL_JOB } from '../images/thumbnail.ts'
import { ensureTiles } from '../images/tiles.ts'
import type { Job } from '../jobs/background.ts'
import { assetsWithoutThumbnail, type StoredAsset, setThumbnailState } from './queries.ts'

/** Assets between two writes to the database. */
const BATCH = 32
const AT_ONCE = 2

type Made = 'ready' | 'failed' | 'later'

export function thumbnailJob(app: Pick<App, 'config' | 'db' | 'files' | 'log'>): Job {
  /** What a full disk or a lost file left to do waits until those after it had their turn. */
  let after: StoredAsset | null = null
  return {
    name: THUMBNAIL_JOB,
    every_ms: 10_000,
    async run(signal) {
      const waiting = await assetsWithoutThumbnail(app.db, after, BATCH)
      const made: Record<Made, StoredAsset[]> = { ready: [], failed: [], later: [] }
      const next = waiting.values()
      const worker = async () => {
        for (const asset of next) {
          if (signal.aborted) return
          made[await make(app, asset)].push(asset)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
      await setThumbnailState(app.db, made.ready, 'ready')
      await setThumbnailState(app.db, made.failed, 'failed')
      const isLast = waiting.length < BATCH
      if (isLast) after = null
      else if (made.later.length > 0) after = waiting.at(-1) as StoredAsset
      return !isLast && made.later.length === 0
    },
  }
}

async function make(app: Pick<App, 'config' | 'files' | 'log'>, asset: StoredAsset): Promise<Made> {
  try {
    await ensureThumbnail(app.files, asset, app.config.limits.image_pixels, 'later')
    await ensureTiles(app.files, asset, app.config.limits.image_pixels, 'later')
    return 'ready'
  } catch (error) {
    const made = (await isFaultOfImage(error, app.files.path('originals', asset.content_hash))) ? 'failed' : 'later'
    app.log.warn(
      { project_id: asset.project_id, asset_id: asset.id, reason: (error as Error).message },
      made === 'failed' ? 'no thumbnail could be made' : 'no thumbnail could be made now',
    )
    return made
  }
}
