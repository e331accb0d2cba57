// Small image files made on the spot, for tests.
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

export const WIDTH = 64
export const HEIGHT = 48

/** RGB pixels of a gradient with some noise, so that encoders have something to do. `seed` makes pictures differ. */
export function pixels(width = WIDTH, height = HEIGHT, seed = 0): Buffer {
  const data = Buffer.alloc(width * height * 3)
  for (let i = 0; i < data.length; i++) data[i] = (i * 5 + ((i * i) >> 4) + seed * 41) & 255
  return data
}

export type SharpFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif'

export function picture(
  format: SharpFormat,
  options: { seed?: number; orientation?: number; width?: number; height?: number } = {},
): Promise<Buffer> {
  const { seed = 0, orientation, width = WIDTH, height = HEIGHT } = options
  const image = sharp(pixels(width, height, seed), { raw: { width, height, channels: 3 } })
  if (orientation) image.withMetadata({ orientation })
  return image
    .toFormat(format, format === 'tiff' ? { compression: 'lzw' } : format === 'avif' ? { effort: 0 } : {})
    .toBuffer()
}

/** A PNG whose header claims a size that its few bytes of data do not have. */
export function pngClaiming(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(64))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(kind: string, data: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(crc32(body))
  return Buffer.concat([head, body, tail])
}

export type BmpOptions = {
  bits: number
  width: number
  height: number
  /** Rows from top to bottom, already packed, not padded. */
  rows: Buffer[]
  palette?: number[][]
  isTopDown?: boolean
  compression?: number
  masks?: number[]
}

/** A BMP with a BITMAPINFOHEADER, or BITMAPV4HEADER when there are masks. */
export function bmp({
  bits,
  width,
  height,
  rows,
  palette = [],
  isTopDown = false,
  compression = 0,
  masks,
}: BmpOptions): Buffer {
  const headerSize = masks ? 108 : 40
  const offset = 14 + headerSize + palette.length * 4
  const header = Buffer.alloc(offset)
  header.write('BM', 0, 'latin1')
  header.writeUInt32LE(offset, 10)
  header.writeUInt32LE(headerSize, 14)
  header.writeInt32LE(width, 18)
  header.writeInt32LE(isTopDown ? -height : height, 22)
  header.writeUInt16LE(1, 26)
  header.writeUInt16LE(bits, 28)
  header.writeUInt32LE(masks ? 3 : compression, 30)
  header.writeUInt32LE(palette.length, 46)
  for (const [i, mask] of (masks ?? []).entries()) header.writeUInt32LE(mask, 54 + i * 4)
  for (const [i, [r, g, b]] of palette.entries()) header.set([b ?? 0, g ?? 0, r ?? 0, 0], 14 + headerSize + i * 4)
  const padded = rows.map((row) => Buffer.concat([row, Buffer.alloc((4 - (row.length % 4)) % 4)]))
  return Buffer.concat([header, ...(isTopDown ? padded : padded.reverse())])
}

/** The picture as an uncompressed 24-bit BMP. */
export function bmpPicture(width = WIDTH, height = HEIGHT, seed = 0): Buffer {
  const rgb = pixels(width, height, seed)
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.from(rgb.subarray(y * width * 3, (y + 1) * width * 3))
    for (let i = 0; i < row.length; i += 3) row.set([row[i + 2] as number, row[i + 1] as number, row[i] as number], i)
    return row
  })
  return bmp({ bits: 24, width, height, rows })
}

/** A grey TIFF of 16 bits per sample, one strip. */
export function tiff16(width: number, height: number, samples: Uint16Array): Buffer {
  const tags: [number, number, number][] = [
    [256, 3, width],
    [257, 3, height],
    [258, 3, 16],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 3, height],
    [279, 4, samples.byteLength],
  ]
  const directory = Buffer.alloc(2 + tags.length * 12 + 4)
  directory.writeUInt16LE(tags.length, 0)
  for (const [i, [tag, type, value]] of tags.entries()) {
    directory.writeUInt16LE(tag, 2 + i * 12)
    directory.writeUInt16LE(type, 4 + i * 12)
    directory.writeUInt32LE(1, 6 + i * 12)
    directory.writeUInt32LE(value, 10 + i * 12)
  }
  const head = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])
  head.writeUInt32LE(8 + samples.byteLength, 4)
  return Buffer.concat([head, Buffer.from(samples.buffer), directory])
}
