// The bytes of an asset, as they are sent.
import { Failure } from '../../model/failure.ts'
import type { App, Download } from '../handler.ts'
import { displayOf } from '../images/display.ts'
import type { FileKind } from '../images/file-store.ts'
import { assetById, type StoredAsset } from './queries.ts'

/** As browsers can show it. @throws Failure not_found */
export async function displayedImage(app: App, project_id: number, asset_id: number): Promise<Download> {
  const asset = await requireAsset(app, project_id, asset_id)
  const { kind, mime_type } = await displayOf(app.files, asset, app.config.limits.image_pixels)
  return stored(app, kind, asset, mime_type)
}

export async function requireAsset(app: App, project_id: number, asset_id: number): Promise<StoredAsset> {
  const asset = await assetById(app.db, project_id, asset_id)
  if (!asset) throw new Failure('not_found', `There is no asset ${asset_id} in this project.`)
  if (!(await app.files.has('originals', asset.content_hash)))
    throw new Failure(
      'not_found',
      'The file of this image is missing from the data folder. Restore the folder from a backup.',
    )
  return asset
}

export async function stored(app: App, kind: FileKind, asset: StoredAsset, type: string): Promise<Download> {
  const size = await app.files.size(kind, asset.content_hash)
  return { stream: app.files.read(kind, asset.content_hash), type, size, is_immutable: true }
}
