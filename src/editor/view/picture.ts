// The image to draw, with smaller copies of large ones: zoomed out they are quicker and do not shimmer.

export type Picture = {
  /** Full size first, each next one half as large. */
  readonly levels: readonly CanvasImageSource[]
  readonly width: number
  readonly height: number
}

/** Images larger than this get copies, pixels. */
const LARGE = 1600

/** Loads and decodes an image; rejects with an Error if that fails or the signal is raised. */
export async function loadPicture(
  url: string,
  signal: AbortSignal,
  onBetter: (picture: Picture) => void,
): Promise<Picture> {
  const { image, picture } = await decoded(url)
  signal.throwIfAborted()
  if (Math.max(picture.width, picture.height) > LARGE) void addLevels(picture, image, signal, onBetter)
  return picture
}

/** With all its smaller copies, and decoded for good: ready to be drawn at once. */
export async function loadWhole(url: string): Promise<Picture> {
  const { image, picture: full } = await decoded(url)
  // A small one is drawn at full size first: as a bitmap the browser does not forget its pixels.
  if (Math.max(full.width, full.height) <= LARGE) return { ...full, levels: [await createImageBitmap(image)] }
  let best: Picture = full
  const never = new AbortController().signal
  await addLevels(full, image, never, (better) => {
    best = better
  })
  return best
}

async function decoded(url: string) {
  const image = new Image()
  image.decoding = 'async'
  image.src = url
  await image.decode()
  return { image, picture: { levels: [image], width: image.naturalWidth, height: image.naturalHeight } }
}

async function addLevels(
  full: Picture,
  image: HTMLImageElement,
  signal: AbortSignal,
  onBetter: (picture: Picture) => void,
) {
  const levels: CanvasImageSource[] = [...full.levels]
  let [width, height] = [full.width, full.height]
  try {
    while (Math.max(width, height) > LARGE / 2) {
      ;[width, height] = [Math.ceil(width / 2), Math.ceil(height / 2)]
      levels.push(await createImageBitmap(image, { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' }))
      if (signal.aborted) return
      onBetter({ ...full, levels: [...levels] })
    }
  } catch {
    // Without copies the full image is drawn: slower, and right all the same.
  }
}

/** The smallest copy that still has a pixel for every device pixel. `scale`: device pixels per image pixel. */
export function levelFor(picture: Picture, scale: number): { source: CanvasImageSource; shrink: number } {
  const wanted = Math.max(0, Math.floor(Math.log2(1 / scale)))
  const index = Math.min(wanted, picture.levels.length - 1)
  return { source: picture.levels[index] as CanvasImageSource, shrink: 2 ** index }
}
