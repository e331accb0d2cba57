// Handlers of the assets part of contract/assets.ts.
import { Failure } from '../../model/failure.ts'
import { hasTile, isTiled } from '../../model/tiles.ts'
import type { Handlers } from '../handler.ts'
import { ensureThumbnail, THUMBNAIL_TYPE } from '../images/thumbnail.ts'
import { ensureTiles, readTile, TILE_TYPE } from '../images/tiles.ts'
import { setMetadata } from './metadata-queries.ts'
import { type AssetCursor, countAssets, metadataKeys, pageOfAssets, setThumbnailState } from './queries.ts'
import { displayedImage, requireAsset, stored } from './stored-image.ts'

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

  get_asset_image: ({ app, project }, { asset_id }) => displayedImage(app, project.row.id, asset_id),

  async get_asset_tile({ app, project }, { asset_id, level, column, row }) {
    const asset = await requireAsset(app, project.row.id, asset_id)
    if (!isTiled(asset) || !hasTile(asset, { level, column, row }))
      throw new Failure('invalid_input', `Asset ${asset_id} has no tile ${level}/${column}/${row}.`)
    await ensureTiles(app.files, asset, app.config.limits.image_pixels, 'now')
    const bytes = await readTile(app.files, asset, { level, column, row })
    return { stream: bytes, type: TILE_TYPE, size: bytes.length, is_immutable: true }
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
