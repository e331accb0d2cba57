// Images that will likely be wanted next, loaded and decoded ahead. A few: they are large.
import { closePicture, loadPicture, type Picture } from './picture.ts'

/** At 12 megapixels some 80 MB each. */
const MOST_READY = 2

/** `picture`: null while it is on its way. */
type Ready = { coming: Promise<Picture>; picture: Picture | null }

const ready = new Map<string, Ready>()

/**
 * Begins to load an image that will be asked for under the name `url`. @param source where its bytes are now
 * @param isAwaited somebody waits for it: a small copy comes first
 */
export function preparePicture(url: string, source: string, isAwaited = false): void {
  if (ready.has(url)) return
  const made: Ready = { coming: loadPicture(source, isAwaited), picture: null }
  ready.set(url, made)
  for (const [oldest, { coming }] of ready) {
    if (ready.size <= MOST_READY) break
    ready.delete(oldest)
    coming.then(closePicture, () => undefined)
  }
  made.coming.then(
    (picture) => {
      made.picture = picture
    },
    // Loaded again, and the failure said, when it is really wanted.
    () => ready.get(url) === made && ready.delete(url),
  )
}

/** What was prepared under this name, once: whoever takes it closes it. */
export function takePicture(url: string): Ready | null {
  const found = ready.get(url) ?? null
  ready.delete(url)
  return found
}
