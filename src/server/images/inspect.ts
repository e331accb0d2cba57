// Whether a file is an image that can become an asset, and how large it stands upright.
import { open, stat } from 'node:fs/promises'
import type { Limits } from '../config.ts'
import { bmpProblem, readBmpHeader } from './bmp.ts'
import { decoder, readHeader, whenFree } from './decoding.ts'
import { IMAGE_TYPES, type ImageType, isImageType, labelOf, promisedType, SNIFF_BYTES, sniff } from './sniff.ts'

/** Upright: EXIF orientation is applied. */
export type Inspected = { mime_type: string; width: number; height: number }
export type Refused = { refusal: string }
export type ImageLimits = Pick<Limits, 'image_bytes' | 'image_pixels'>

/**
 * Decodes the whole image once, so that what is accepted can be shown.
 * @param name as the person sees it; only its extension is compared with the content
 * @returns a sentence for the person if the file is refused
 */
export async function inspectImage(path: string, name: string, limits: ImageLimits): Promise<Inspected | Refused> {
  const { size } = await stat(path)
  if (size === 0) return { refusal: 'The file is empty.' }
  const type = sniff(await readHead(path))
  const problem = typeProblem(type, name) ?? sizeProblem(size, limits)
  if (problem) return { refusal: problem }
  return type === 'bmp' ? await inspectBmp(path, size, limits) : await inspectWithSharp(path, type as ImageType, limits)
}

export async function readHead(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** A false extension is refused: later tools would trust it. No extension, or an unknown one, promises nothing. */
function typeProblem(type: ReturnType<typeof sniff>, name: string): string | null {
  const promised = promisedType(name)
  const extension = name.slice(name.lastIndexOf('.'))
  if (type === null) return 'This is not an image that PixlHub knows.'
  if (promised !== null && promised !== type)
    return `The name ends in ${extension}, but the content is ${labelOf(type)}.`
  if (isImageType(type)) return null
  if (type === 'zip') return 'An archive inside an archive is not unpacked.'
  if (type === 'archive') return 'Of archives, only ZIP is unpacked.'
  return `The content is ${labelOf(type)}, which is not supported. Use JPEG, PNG, WebP, GIF, TIFF, AVIF or BMP.`
}

function sizeProblem(size: number, limits: ImageLimits): string | null {
  if (size <= limits.image_bytes) return null
  return `The file has ${mebibytes(size)} MiB. One image may have ${mebibytes(limits.image_bytes)} MiB.`
}
const mebibytes = (bytes: number) => (Math.ceil((bytes / 1024 / 1024) * 10) / 10).toLocaleString('en')

function pixelProblem(width: number, height: number, limits: ImageLimits): string | null {
  if (width < 1 || height < 1) return `The image has no pixels (${width} × ${height}).`
  if (width * height <= limits.image_pixels) return null
  const megapixels = (limits.image_pixels / 1_000_000).toLocaleString('en')
  return `The image claims ${width.toLocaleString('en')} × ${height.toLocaleString('en')} pixels. At most ${megapixels} megapixels are decoded.`
}

const DAMAGED = 'The image is damaged or cut off: it cannot be read to its end.'

async function inspectBmp(path: string, size: number, limits: ImageLimits): Promise<Inspected | Refused> {
  const header = await readBmpHeader(path)
  if (typeof header === 'string') return { refusal: header }
  const problem = pixelProblem(header.width, header.height, limits) ?? bmpProblem(header, size)
  return problem
    ? { refusal: problem }
    : { mime_type: IMAGE_TYPES.bmp.mime_type, width: header.width, height: header.height }
}

async function inspectWithSharp(path: string, type: ImageType, limits: ImageLimits): Promise<Inspected | Refused> {
  const header = await readHeader(path).catch(() => null)
  if (header === null) return { refusal: DAMAGED }
  // The decoder chose by content as well; should the two disagree, the file was made to deceive one of them.
  if (header.format !== (type === 'avif' ? 'heif' : type)) return { refusal: DAMAGED }
  const { width, height } = header.autoOrient
  const problem = pixelProblem(width, height, limits)
  if (problem) return { refusal: problem }
  if (!['uchar', 'ushort'].includes(header.depth))
    return { refusal: `Its samples are of type ${header.depth}. Only 8 and 16 bits per channel can be shown.` }
  const isWhole = await whenFree(() => decodesWholly(path, limits.image_pixels))
  return isWhole ? { mime_type: IMAGE_TYPES[type].mime_type, width, height } : { refusal: DAMAGED }
}

/** Reads every row: shrinking to one pixel without the decoder's own shortcut keeps a few rows in memory only. */
async function decodesWholly(path: string, maxPixels: number): Promise<boolean> {
  try {
    await decoder(path, maxPixels).resize(1, 1, { fit: 'fill', fastShrinkOnLoad: false }).raw().toBuffer()
    return true
  } catch {
    return false
  }
}
