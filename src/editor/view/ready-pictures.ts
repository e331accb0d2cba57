// Images that will likely be wanted next, loaded and decoded ahead. A few: they are large.
import { loadPicture, type Picture } from './picture.ts'

/** At 12 megapixels some 80 MB each. */
const MOST_READY = 2

const ready = new Map<string, Promise<Picture>>()

/** Begins to load an image that will be asked for under the name `url`. @param source where its bytes are now */
export function preparePicture(url: string, source: string): void {
  if (ready.has(url)) return
  const coming = loadPicture(source)
  ready.set(url, coming)
  for (const oldest of ready.keys()) if (ready.size > MOST_READY) ready.delete(oldest)
  // Loaded again, and the failure said, when it is really wanted.
  coming.catch(() => ready.get(url) === coming && ready.delete(url))
}

/** What was prepared under this name, once. */
export function takePicture(url: string): Promise<Picture> | null {
  const found = ready.get(url) ?? null
  ready.delete(url)
  return found
}
