// The worker of the assisted tools: gets the image, cuts the crop out of it and computes. OpenCV comes with the first question.

import type { OpenCV } from '@opencvjs/web'
// biome-ignore lint/style/noRestrictedImports: a package of that name, not src/web
import opencv from '@opencvjs/web/lib/opencv_js.js?url'
import type { CutRequest, CutResult, WireRequest, WireResult } from '../assist/assist.ts'
import type { Crop, Pixels } from '../assist/crop.ts'
import { cropOf, cutOut } from '../assist/grab-cut.ts'
import { type Wire, wireCrop, wireFrom } from '../assist/live-wire.ts'

/** `url`: of the image. An answer carries the same number. */
export type Question = { number: number; url: string } & ({ cut: CutRequest } | { wire: WireRequest })
export type Answer = { number: number } & ({ result: CutResult | WireResult } | { error: string })

/** Decoded images of up to so many pixels are kept; of larger ones only the part that is wanted is decoded. */
const MOST_KEPT = 30_000_000

let library: Promise<typeof OpenCV> | null = null
let picture: { url: string; source: Promise<Source> } | null = null
let wire: { key: string; wire: Wire } | null = null

type Source = { image: ImageBitmap | Blob; width: number; height: number }

function loadLibrary(): Promise<typeof OpenCV> {
  library ??= import(/* @vite-ignore */ opencv).then((module: { default: () => Promise<typeof OpenCV> }) =>
    module.default(),
  )
  // What could not be had, or gave up in the middle, is loaded anew for the next question.
  library.catch(() => {
    library = null
  })
  return library
}

function loadPicture(url: string): Promise<Source> {
  if (picture?.url === url) return picture.source
  // Questions are answered one after the other: nobody looks at the old one any more.
  picture?.source.then(({ image }) => image instanceof ImageBitmap && image.close(), () => {}) // biome-ignore format: one thought
  const source = fetchPicture(url)
  picture = { url, source }
  source.catch(() => {
    if (picture?.source === source) picture = null
  })
  return source
}

async function fetchPicture(url: string): Promise<Source> {
  const reply = await fetch(url)
  if (!reply.ok) throw new Error(`the image answered ${reply.status}`)
  const blob = await reply.blob()
  const image = await createImageBitmap(blob)
  const { width, height } = image
  if (width * height <= MOST_KEPT) return { image, width, height }
  image.close()
  return { image: blob, width, height }
}

async function pixelsOf({ image }: Source, { area, size }: Crop): Promise<Pixels> {
  const part = await createImageBitmap(image, area.x, area.y, area.width, area.height, {
    resizeWidth: size.width,
    resizeHeight: size.height,
    resizeQuality: 'high',
  })
  const canvas = new OffscreenCanvas(size.width, size.height)
  const context = canvas.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D
  context.drawImage(part, 0, 0)
  part.close()
  return context.getImageData(0, 0, size.width, size.height)
}

async function answer(question: Question): Promise<CutResult | WireResult> {
  const [cv, source] = await Promise.all([loadLibrary(), loadPicture(question.url)])
  if ('cut' in question) {
    const crop = cropOf(question.cut.box, source)
    return cutOut(cv, question.cut, crop, await pixelsOf(source, crop), source)
  }
  const { from, to, area } = question.wire
  const key = JSON.stringify([question.url, from, area])
  if (wire?.key !== key) {
    const crop = wireCrop(from, area, source)
    const pixels = await pixelsOf(source, crop)
    wire?.wire.delete()
    wire = { key, wire: wireFrom(cv, from, crop, pixels) }
  }
  return wire.wire.to(to)
}

/** One after the other: two at once would share the map of the scissors. */
let last: Promise<unknown> = Promise.resolve()

self.onmessage = ({ data }: MessageEvent<Question>) => {
  last = last.then(async () => {
    const post = (message: Answer) => self.postMessage(message)
    try {
      post({ number: data.number, result: await answer(data) })
    } catch (error) {
      library = null
      wire = null
      post({ number: data.number, error: String(error) })
    }
  })
}
