// Loads and decodes images beside the page: a photograph takes a tenth of a second, and its smaller copies as long again.
import type { PictureAnswer, PictureQuestion } from './picture.ts'

/** Images larger than this get copies, pixels. */
const LARGE = 1600

declare const self: {
  onmessage: (event: MessageEvent<PictureQuestion>) => void
  postMessage(answer: PictureAnswer, moved: ImageBitmap[]): void
}

self.onmessage = async ({ data: { id, url } }) => {
  try {
    const levels = await levelsOf(await bytesOf(url))
    self.postMessage({ id, levels }, levels)
  } catch {
    self.postMessage({ id, levels: null }, [])
  }
}

async function bytesOf(url: string): Promise<Blob> {
  const reply = await fetch(url, { credentials: 'same-origin' })
  if (!reply.ok) throw new Error(`the image answered ${reply.status}`)
  return reply.blob()
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
