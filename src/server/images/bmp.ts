// BMP, which the image library does not read: header, and rows of uncompressed pixels one strip at a time.
// Layout: Microsoft's BITMAPFILEHEADER, BITMAPCOREHEADER, BITMAPINFOHEADER, BITMAPV4HEADER and BITMAPV5HEADER.
import { type FileHandle, open } from 'node:fs/promises'

export type BmpHeader = {
  width: number
  height: number
  is_top_down: boolean
  bits: 1 | 4 | 8 | 16 | 24 | 32
  pixel_offset: number
  /** RGB triples; empty above 8 bits. */
  palette: Buffer
  /** Bit masks of red, green, blue, alpha; for 16 and 32 bits. Alpha 0: opaque. */
  masks: readonly [number, number, number, number]
}

const UNCOMPRESSED = 0
const BITFIELDS = 3
const ALPHA_BITFIELDS = 6
const STRIP_BYTES = 1 << 20
const NO_COLOURS = Buffer.alloc(0)

/** @returns the header, or a sentence saying why this file is not read */
export async function readBmpHeader(path: string): Promise<BmpHeader | string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2048), 0, 2048, 0)
    return parseBmpHeader(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

const CUT_OFF = 'The image is damaged or cut off: it cannot be read to its end.'

/** @param head the first 2,048 bytes: headers of at most 138 bytes and a palette of at most 1,024 */
export function parseBmpHeader(head: Buffer): BmpHeader | string {
  if (head.length < 26) return CUT_OFF
  const size = head.readUInt32LE(14)
  const isCore = size === 12
  if (head.length < 14 + size || (!isCore && size < 40)) return CUT_OFF
  const height = isCore ? head.readUInt16LE(20) : head.readInt32LE(22)
  const bits = head.readUInt16LE(isCore ? 24 : 28)
  const compression = isCore ? UNCOMPRESSED : head.readUInt32LE(30)
  if (bits !== 1 && bits !== 4 && bits !== 8 && bits !== 16 && bits !== 24 && bits !== 32)
    return `A BMP with ${bits} bits per pixel is not supported.`
  const hasMasks = compression === BITFIELDS || compression === ALPHA_BITFIELDS
  if (compression !== UNCOMPRESSED && !(hasMasks && bits >= 16 && bits !== 24))
    return 'A compressed BMP is not supported. Save it as PNG.'
  const palette = bits <= 8 ? readPalette(head, size, bits, isCore) : NO_COLOURS
  if (palette === null || (hasMasks && head.length < 14 + 40 + 16)) return CUT_OFF
  return {
    width: isCore ? head.readUInt16LE(18) : head.readInt32LE(18),
    height: Math.abs(height),
    is_top_down: height < 0,
    bits,
    pixel_offset: head.readUInt32LE(10),
    palette,
    masks: hasMasks
      ? readMasks(head, size, compression)
      : bits === 16
        ? [0x7c00, 0x3e0, 0x1f, 0]
        : [0xff0000, 0xff00, 0xff, 0],
  }
}

function readPalette(head: Buffer, headerSize: number, bits: number, isCore: boolean): Buffer | null {
  const declared = isCore ? 0 : head.readUInt32LE(46)
  const colours = declared > 0 && declared <= 1 << bits ? declared : 1 << bits
  const step = isCore ? 3 : 4
  const from = 14 + headerSize
  if (head.length < from + colours * step) return null
  const palette = Buffer.alloc(3 << bits)
  for (let i = 0; i < colours; i++)
    for (let c = 0; c < 3; c++) palette[i * 3 + c] = head[from + i * step + 2 - c] as number
  return palette
}

/** Masks stand at the same place in every version of the header; only later ones hold alpha. */
function readMasks(head: Buffer, headerSize: number, compression: number): [number, number, number, number] {
  const alpha = headerSize >= 56 || compression === ALPHA_BITFIELDS ? head.readUInt32LE(66) : 0
  return [head.readUInt32LE(54), head.readUInt32LE(58), head.readUInt32LE(62), alpha]
}

const bmpRowBytes = (h: BmpHeader) => Math.ceil((h.width * h.bits) / 32) * 4
export const bmpChannels = (h: BmpHeader): 3 | 4 => (h.masks[3] === 0 || h.bits <= 8 ? 3 : 4)

/** Whether all pixels are there, as a sentence if not. */
export function bmpProblem(h: BmpHeader, fileSize: number): string | null {
  return h.pixel_offset < 26 || h.pixel_offset + bmpRowBytes(h) * h.height > fileSize ? CUT_OFF : null
}

/** Rows from top to bottom as RGB or RGBA bytes, several whole rows at a time. Holds one strip of the file. */
export async function* bmpRows(path: string, h: BmpHeader): AsyncGenerator<Buffer> {
  const rowBytes = bmpRowBytes(h)
  const outBytes = h.width * bmpChannels(h)
  const rowsPerStrip = Math.max(1, Math.floor(STRIP_BYTES / outBytes))
  const decode = rowDecoder(h)
  const file = await open(path)
  try {
    for (let top = 0; top < h.height; top += rowsPerStrip) {
      const count = Math.min(rowsPerStrip, h.height - top)
      const first = h.is_top_down ? top : h.height - top - count
      const strip = await readExactly(file, h.pixel_offset + first * rowBytes, count * rowBytes)
      const out = Buffer.alloc(count * outBytes)
      for (let i = 0; i < count; i++) decode(strip, (h.is_top_down ? i : count - 1 - i) * rowBytes, out, i * outBytes)
      yield out
    }
  } finally {
    await file.close()
  }
}

async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(buffer, done, length - done, position + done)
    if (bytesRead === 0) throw new Error('the BMP ends before its pixels do')
    done += bytesRead
  }
  return buffer
}

/** Decodes the row at `from` of a strip into `out` at `to`. */
type RowDecoder = (strip: Buffer, from: number, out: Buffer, to: number) => void

function rowDecoder(h: BmpHeader): RowDecoder {
  return h.bits <= 8 ? paletteDecoder(h) : h.bits === 24 ? bgrDecoder(h) : maskDecoder(h)
}

function paletteDecoder({ width, bits, palette }: BmpHeader): RowDecoder {
  const mask = (1 << bits) - 1
  return (strip, from, out, to) => {
    for (let x = 0; x < width; x++) {
      const bit = x * bits
      const index = ((strip[from + (bit >> 3)] as number) >> (8 - bits - (bit & 7))) & mask
      for (let c = 0; c < 3; c++) out[to + x * 3 + c] = palette[index * 3 + c] as number
    }
  }
}

function bgrDecoder({ width }: BmpHeader): RowDecoder {
  return (strip, from, out, to) => {
    for (let i = 0; i < width * 3; i += 3)
      for (let c = 0; c < 3; c++) out[to + i + c] = strip[from + i + 2 - c] as number
  }
}

function maskDecoder(h: BmpHeader): RowDecoder {
  const channels = bmpChannels(h)
  const fields = h.masks.slice(0, channels).map(bitField)
  return (strip, from, out, to) => {
    for (let x = 0; x < h.width; x++) {
      const pixel = h.bits === 16 ? strip.readUInt16LE(from + x * 2) : strip.readUInt32LE(from + x * 4)
      for (const [c, { shift, max }] of fields.entries())
        out[to + x * channels + c] = max === 0 ? 0 : Math.round((((pixel >>> shift) & max) * 255) / max)
    }
  }
}

/** Where a mask's bits begin and the largest value they hold; at most 24 bits, so that arithmetic is exact. */
function bitField(mask: number): { shift: number; max: number } {
  const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask)
  return { shift, max: Math.min(mask >>> shift, 0xffffff) }
}
