// An image that is too large to be decoded as a whole: the tiles that are in sight, a bounded number of them kept.
import { lastLevel, levelSize, type TilePlace } from '../../model/tiles.ts'
import type { Size } from '../coordinates.ts'
import { closePicture, closeSource, loadPicture, type Picture } from './picture.ts'

/** At 1 MB each. A screen of 4K shows 135 at most. */
const MOST_KEPT = 200
/** Whoever flies over the image does not wait for all that was passed. */
const MOST_ASKED = 16
/** Between a failure and the next try, ms. */
const AGAIN_MS = 3000

export type Tiles = {
  /** Of the whole image, pixels. */
  readonly size: Size
  /** Null if it is not there; `ask` for it then, and `onCome` says when. */
  get(place: TilePlace): CanvasImageSource | null
  ask(place: TilePlace): void
  onCome: () => void
  /** Nothing is drawn or asked for any more. */
  close(): void
}

/** Ready with a small picture of the whole. @param urlOf address of a tile */
export async function openTiled(size: Size, urlOf: (place: TilePlace) => string): Promise<Picture> {
  const last = lastLevel(size)
  const whole = await loadPicture(urlOf({ level: last, column: 0, row: 0 }))
  return { ...whole, ...levelSize(size, last), tiles: createTiles(size, urlOf) }
}

function createTiles(size: Size, urlOf: (place: TilePlace) => string): Tiles {
  /** The longest unused first. */
  const kept = new Map<string, CanvasImageSource>()
  const asked = new Set<string>()
  let isClosed = false
  const tiles: Tiles = {
    size,
    onCome() {},
    get(place) {
      const url = urlOf(place)
      const tile = kept.get(url)
      if (!tile) return null
      kept.delete(url)
      kept.set(url, tile)
      return tile
    },
    ask(place) {
      const url = urlOf(place)
      if (asked.has(url) || asked.size >= MOST_ASKED) return
      asked.add(url)
      loadPicture(url).then(
        (picture) => {
          asked.delete(url)
          if (isClosed) return closePicture(picture)
          kept.set(url, picture.levels[0] as CanvasImageSource)
          for (const [oldest, tile] of kept) {
            if (kept.size <= MOST_KEPT) break
            kept.delete(oldest)
            closeSource(tile)
          }
          tiles.onCome()
        },
        () =>
          setTimeout(() => {
            asked.delete(url)
            tiles.onCome()
          }, AGAIN_MS),
      )
    },
    close() {
      isClosed = true
      tiles.onCome = () => undefined
      for (const tile of kept.values()) closeSource(tile)
      kept.clear()
    },
  }
  return tiles
}
