// Makes thumbnails, and the tiles of large images, in the background. What is to do stands in the rows, so a restart goes on where it stopped.
import type { App } from '../handler.ts'
import { ensureThumbnail, THUMBNAIL_JOB } from '../images/thumbnail.ts'
import { ensureTiles } from '../images/tiles.ts'
import type { Job } from '../jobs/background.ts'
import { assetsWithoutThumbnail, type StoredAsset, setThumbnailState } from './queries.ts'

/** Assets between two writes to the database. */
const BATCH = 32
const AT_ONCE = 2

export function thumbnailJob(app: Pick<App, 'config' | 'db' | 'files' | 'log'>): Job {
  return {
    name: THUMBNAIL_JOB,
    every_ms: 10_000,
    async run(signal) {
      const waiting = await assetsWithoutThumbnail(app.db, BATCH)
      const made: StoredAsset[] = []
      const failed: StoredAsset[] = []
      const next = waiting.values()
      const worker = async () => {
        for (const asset of next) {
          if (signal.aborted) return
          const isMade = await make(app, asset)
          ;(isMade ? made : failed).push(asset)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
      await setThumbnailState(app.db, made, 'ready')
      await setThumbnailState(app.db, failed, 'failed')
      return waiting.length === BATCH
    },
  }
}

async function make(app: Pick<App, 'config' | 'files' | 'log'>, asset: StoredAsset): Promise<boolean> {
  try {
    await ensureThumbnail(app.files, asset, app.config.limits.image_pixels, 'later')
    await ensureTiles(app.files, asset, app.config.limits.image_pixels, 'later')
    return true
  } catch (error) {
    app.log.warn(
      { project_id: asset.project_id, asset_id: asset.id, reason: (error as Error).message },
      'no thumbnail could be made',
    )
    return false
  }
}
