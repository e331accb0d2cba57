// Images as cameras make them: noise over soft shapes, so that a JPEG has the size and the price of a photograph.
import sharp, { type Sharp } from 'sharp'
import { randomOf } from '../bench.ts'

/** A JPEG of about this many bytes: the noise is what the file is full of. */
export async function photo(width: number, height: number, bytes: number, seed: number): Promise<Buffer> {
  const picture = await scenery(width, height, seed).png({ compressionLevel: 0 }).toBuffer()
  let [low, high] = [5, 100]
  let best = Buffer.alloc(0)
  while (high - low > 3) {
    const quality = Math.round((low + high) / 2)
    const file = await sharp(picture).jpeg({ quality }).toBuffer()
    if (file.length > bytes) high = quality
    else low = quality
    if (best.length === 0 || Math.abs(file.length - bytes) < Math.abs(best.length - bytes)) best = file
  }
  return best
}

/** 108 megapixels. */
export const hugePhoto = (): Promise<Buffer> => scenery(12_000, 9000, 1).jpeg({ quality: 80 }).toBuffer()

function scenery(width: number, height: number, seed: number): Sharp {
  const [small_width, small_height] = [Math.ceil(width / 8), Math.ceil(height / 8)]
  const random = randomOf(seed)
  const pixels = Buffer.alloc(small_width * small_height * 3)
  for (let i = 0; i < pixels.length; i += 3) {
    const [x, y] = [(i / 3) % small_width, Math.floor(i / 3 / small_width)]
    const light = 110 + 60 * Math.sin(x / 37 + seed) * Math.cos(y / 29) + 50 * random()
    pixels[i] = light
    pixels[i + 1] = light * 0.95
    pixels[i + 2] = 40 + light * 0.7
  }
  const raw = { width: small_width, height: small_height, channels: 3 } as const
  return sharp(pixels, { raw }).resize(width, height, { kernel: 'cubic' })
}
