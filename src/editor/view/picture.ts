// The image to draw, with smaller copies of large ones: zoomed out they are quicker and do not shimmer.
import type { Tiles } from './tiled-picture.ts'

export type Picture = {
  /** Full size first, each next one half as large. */
  readonly levels: readonly CanvasImageSource[]
  readonly width: number
  readonly height: number
  /** Of a large image; `levels` are a small picture of the whole then. */
  readonly tiles?: Tiles
  /** Of a small copy that was quicker to make: the image as it is. */
  readonly whole?: () => Promise<Picture>
}

/** `from`: an address, or the bytes themselves. `isSmall`: a copy about as large as a screen will do, if that is quicker. */
export type PictureQuestion = { id: number; from: string | Blob; isSmall: boolean }
/** `levels`: null if it could not be loaded or decoded. `bytes`: of the image, if this is a small copy. */
export type PictureAnswer = { id: number; levels: ImageBitmap[] | null; bytes?: Blob }

let worker: Worker | null = null
const asked = new Map<number, (answer: Omit<PictureAnswer, 'id'>) => void>()
let questions = 0

/** Loads and decodes an image, ready to be drawn at once. Rejects with an Error if that fails. */
export async function loadPicture(from: string | Blob, isSmall = false): Promise<Picture> {
  const { levels, bytes } = await answerTo(from, isSmall)
  const [first] = levels ?? []
  if (!levels || !first) return decodedHere(from)
  const { width, height } = first
  return { levels, width, height, ...(bytes && { whole: () => loadPicture(bytes) }) }
}

/** Starts the worker, before the first image is asked for. */
export function readyPictures(): void {
  worker ??= startWorker()
}

function answerTo(from: string | Blob, isSmall: boolean): Promise<Omit<PictureAnswer, 'id'>> {
  const id = ++questions
  readyPictures()
  const absolute = typeof from === 'string' ? new URL(from, location.href).href : from
  worker?.postMessage({ id, from: absolute, isSmall } satisfies PictureQuestion)
  return new Promise((resolve) => asked.set(id, resolve))
}

function startWorker(): Worker {
  const made = new Worker(new URL('./picture-worker.ts', import.meta.url), { type: 'module' })
  const settle = ({ id, ...answer }: PictureAnswer) => {
    asked.get(id)?.(answer)
    asked.delete(id)
  }
  made.onmessage = ({ data }: MessageEvent<PictureAnswer>) => settle(data)
  made.onerror = () => {
    worker = null
    for (const id of asked.keys()) settle({ id, levels: null })
  }
  return made
}

/** Without the worker: slower, and whatever the browser can show. */
async function decodedHere(from: string | Blob): Promise<Picture> {
  const image = new Image()
  image.decoding = 'async'
  image.src = typeof from === 'string' ? from : URL.createObjectURL(from)
  await image.decode().finally(() => URL.revokeObjectURL(image.src))
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
