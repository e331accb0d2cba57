// The image to draw, with smaller copies of large ones: zoomed out they are quicker and do not shimmer.
import type { Tiles } from './tiled-picture.ts'

export type Picture = {
  /** Full size first, each next one half as large. */
  readonly levels: readonly CanvasImageSource[]
  readonly width: number
  readonly height: number
  /** Of a large image; `levels` are a small picture of the whole then. */
  readonly tiles?: Tiles
}

export type PictureQuestion = { id: number; url: string }
/** Null: it could not be loaded or decoded. */
export type PictureAnswer = { id: number; levels: ImageBitmap[] | null }

let worker: Worker | null = null
const asked = new Map<number, (levels: ImageBitmap[] | null) => void>()
let questions = 0

/** Loads and decodes an image, ready to be drawn at once. Rejects with an Error if that fails. */
export async function loadPicture(url: string): Promise<Picture> {
  const levels = await levelsFrom(url)
  const [full] = levels ?? []
  return levels && full ? { levels, width: full.width, height: full.height } : decodedHere(url)
}

/** Starts the worker, before the first image is asked for. */
export function readyPictures(): void {
  worker ??= startWorker()
}

function levelsFrom(url: string): Promise<ImageBitmap[] | null> {
  const id = ++questions
  readyPictures()
  worker?.postMessage({ id, url: new URL(url, location.href).href } satisfies PictureQuestion)
  return new Promise((resolve) => asked.set(id, resolve))
}

function startWorker(): Worker {
  const made = new Worker(new URL('./picture-worker.ts', import.meta.url), { type: 'module' })
  const answer = (id: number, levels: ImageBitmap[] | null) => {
    asked.get(id)?.(levels)
    asked.delete(id)
  }
  made.onmessage = ({ data }: MessageEvent<PictureAnswer>) => answer(data.id, data.levels)
  made.onerror = () => {
    worker = null
    for (const id of asked.keys()) answer(id, null)
  }
  return made
}

/** Without the worker: slower, and whatever the browser can show. */
async function decodedHere(url: string): Promise<Picture> {
  const image = new Image()
  image.decoding = 'async'
  image.src = url
  await image.decode()
  return { levels: [image], width: image.naturalWidth, height: image.naturalHeight }
}

/** Gives its memory back at once: some 80 MB for 12 megapixels. It cannot be drawn any more. */
export function closePicture({ levels, tiles }: Picture): void {
  for (const level of levels) closeSource(level)
  tiles?.close()
}

export function closeSource(source: CanvasImageSource): void {
  if ('close' in source) source.close()
}

/** The smallest copy that still has a pixel for every device pixel. `scale`: device pixels per image pixel. */
export function levelFor(picture: Picture, scale: number): { source: CanvasImageSource; shrink: number } {
  const wanted = Math.max(0, Math.floor(Math.log2(1 / scale)))
  const index = Math.min(wanted, picture.levels.length - 1)
  return { source: picture.levels[index] as CanvasImageSource, shrink: 2 ** index }
}
