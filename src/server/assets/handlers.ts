// Handlers of the assets part of contract/assets.ts.
import { Failure } from '../../model/failure.ts'
import type { App, Download, Handlers } from '../handler.ts'
import { displayOf } from '../images/display.ts'
import type { FileKind } from '../images/file-store.ts'
import { ensureThumbnail, THUMBNAIL_TYPE } from '../images/thumbnail.ts'
import { setMetadata } from './metadata-queries.ts'
import {
  type AssetCursor,
  assetById,
  countAssets,
  metadataKeys,
  pageOfAssets,
  type StoredAsset,
  setThumbnailState,
} from './queries.ts'

const PAGE = 100
/** More could not be looked through; a filter may name any other by typing it. */
const METADATA_KEYS = 1000

export const assetHandlers = {
  async list_assets({ app, project }, { cursor, limit = PAGE, name }) {
    const assets = await pageOfAssets(
      app.db,
      project.row.id,
      name,
      cursor === undefined ? null : decodeCursor(cursor),
      limit + 1,
    )
    const total = await countAssets(app.db, project.row.id, name)
    const page = assets.slice(0, limit)
    const last = page.at(-1)
    return { assets: page, total, next_cursor: last && assets.length > limit ? encodeCursor(last) : null }
  },

  async list_metadata_keys({ app, project }) {
    return { keys: await metadataKeys(app.db, project.row.id, METADATA_KEYS) }
  },

  async set_asset_metadata({ app, project }, { assets }) {
    const wrong = assets.findIndex((a) => (a.asset_id === undefined) === (a.name === undefined))
    if (wrong >= 0) throw new Failure('invalid_input', `body.assets[${wrong}]: say “asset_id” or “name”, one of them.`)
    return setMetadata(app.db, project.row.id, assets)
  },

  async get_asset_image({ app, project }, { asset_id }) {
    const asset = await requireAsset(app, project.row.id, asset_id)
    const { kind, mime_type } = await displayOf(app.files, asset, app.config.limits.image_pixels)
    return stored(app, kind, asset, mime_type)
  },

  async get_asset_original({ app, project }, { asset_id }) {
    const asset = await requireAsset(app, project.row.id, asset_id)
    return { ...(await stored(app, 'originals', asset, asset.mime_type)), file_name: asset.name }
  },

  async get_asset_thumbnail({ app, project }, { asset_id }) {
    const asset = await requireAsset(app, project.row.id, asset_id)
    if (asset.thumbnail_state === 'failed') throw new Failure('not_found', 'No thumbnail could be made of this image.')
    await ensureThumbnail(app.files, asset, app.config.limits.image_pixels, 'now')
    if (asset.thumbnail_state === 'pending') await setThumbnailState(app.db, [asset], 'ready')
    return stored(app, 'thumbnails', asset, THUMBNAIL_TYPE)
  },
} satisfies Partial<Handlers>

async function requireAsset(app: App, project_id: number, asset_id: number): Promise<StoredAsset> {
  const asset = await assetById(app.db, project_id, asset_id)
  if (!asset) throw new Failure('not_found', `There is no asset ${asset_id} in this project.`)
  if (!(await app.files.has('originals', asset.content_hash)))
    throw new Failure(
      'not_found',
      'The file of this image is missing from the data folder. Restore the folder from a backup.',
    )
  return asset
}

async function stored(app: App, kind: FileKind, asset: StoredAsset, type: string): Promise<Download> {
  const size = await app.files.size(kind, asset.content_hash)
  return { stream: app.files.read(kind, asset.content_hash), type, size, is_immutable: true }
}

const encodeCursor = ({ name, id }: AssetCursor) => Buffer.from(JSON.stringify([name, id])).toString('base64url')

function decodeCursor(text: string): AssetCursor {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    value = null
  }
  if (
    !Array.isArray(value) ||
    typeof value[0] !== 'string' ||
    value[0].includes('\0') ||
    !Number.isSafeInteger(value[1])
  )
    throw new Failure('invalid_cursor', 'cursor: this is not a cursor of the list of assets.')
  return { name: value[0], id: value[1] }
}
