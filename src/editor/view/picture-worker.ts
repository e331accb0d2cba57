// Loads and decodes images beside the page: a photograph takes a tenth of a second, and its smaller copies as long again.
import type { PictureAnswer, PictureQuestion } from './picture.ts'

/** Images larger than this get copies, pixels. */
const LARGE = 1600
/** A small copy has at most so many pixels, and at least a quarter of them. */
const SMALL = 1800 ** 2

declare const self: {
  onmessage: (event: MessageEvent<PictureQuestion>) => void
  postMessage(answer: PictureAnswer, moved: ImageBitmap[]): void
}

/** Part of WebCodecs. In a page that is not from a secure address, and in older browsers, it is missing. */
declare const ImageDecoder:
  | (new (
      of: object,
    ) => { decode(): Promise<{ image: VideoFrame }>; close(): void })
  | undefined

self.onmessage = async ({ data: { id, from, isSmall } }) => {
  try {
    const bytes = typeof from === 'string' ? await bytesOf(from) : from
    const small = isSmall ? await smallCopy(bytes) : null
    const levels = small ? [small] : await levelsOf(bytes)
    self.postMessage({ id, levels, ...(small && { bytes }) }, levels)
  } catch {
    self.postMessage({ id, levels: null }, [])
  }
}

async function bytesOf(url: string): Promise<Blob> {
  const reply = await fetch(url, { credentials: 'same-origin' })
  if (!reply.ok) throw new Error(`the image answered ${reply.status}`)
  return reply.blob()
}

/** A JPEG can be read at half or a quarter of its size in a third of the time. Null: of this image there is none. */
async function smallCopy(bytes: Blob): Promise<ImageBitmap | null> {
  if (bytes.type !== 'image/jpeg' || typeof ImageDecoder === 'undefined') return null
  try {
    // The browser looks at the product only.
    const size = { desiredWidth: Math.sqrt(SMALL), desiredHeight: Math.sqrt(SMALL) }
    const decoder = new ImageDecoder({ data: await bytes.arrayBuffer(), type: bytes.type, ...size })
    const { image } = await decoder.decode()
    // Upright: what EXIF says is in the frame.
    const copy = await createImageBitmap(image)
    image.close()
    decoder.close()
    return copy
  } catch {
    return null
  }
}

/** Full size first, each next one half as large. */
async function levelsOf(bytes: Blob): Promise<ImageBitmap[]> {
  let last = await createImageBitmap(bytes)
  const levels = [last]
  if (Math.max(last.width, last.height) <= LARGE) return levels
  while (Math.max(last.width, last.height) > LARGE / 2) {
    const size = { resizeWidth: Math.ceil(last.width / 2), resizeHeight: Math.ceil(last.height / 2) }
    // By half, the quick way is the mean of four pixels.
    last = await createImageBitmap(last, { ...size, resizeQuality: 'low' })
    levels.push(last)
  }
  return levels
}
