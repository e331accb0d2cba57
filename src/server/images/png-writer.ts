// Writes rows of pixels as a PNG as they come: a large BMP never stands in memory as a whole.
// Layout: PNG specification (ISO/IEC 15948), 8 bits per sample, not interlaced.
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflate } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const UP = 2

/** @param rows from top to bottom as RGB or RGBA bytes, any number of whole rows at a time */
export async function writePng(
  path: string,
  size: { width: number; height: number; channels: 3 | 4 },
  rows: AsyncIterable<Buffer>,
) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size.width, 0)
  header.writeUInt32BE(size.height, 4)
  header.set([8, size.channels === 4 ? 6 : 2, 0, 0, 0], 8)
  await pipeline(
    Readable.from(filtered(rows, size.width * size.channels), { objectMode: false }),
    createDeflate({ level: 6, chunkSize: 1 << 16 }),
    async function* (compressed: AsyncIterable<Buffer>) {
      yield SIGNATURE
      yield chunk('IHDR', header)
      for await (const part of compressed) yield chunk('IDAT', part)
      yield chunk('IEND', Buffer.alloc(0))
    },
    createWriteStream(path),
  )
}

/** Each row as its difference to the row above, which packs well. */
async function* filtered(strips: AsyncIterable<Buffer>, rowBytes: number): AsyncGenerator<Buffer> {
  let above: Buffer = Buffer.alloc(rowBytes)
  for await (const strip of strips) {
    const out = Buffer.alloc((strip.length / rowBytes) * (rowBytes + 1))
    for (let row = 0, to = 0; row < strip.length; row += rowBytes) {
      out[to++] = UP
      for (let i = 0; i < rowBytes; i++) out[to++] = ((strip[row + i] as number) - (above[i] as number)) & 255
      above = strip.subarray(row, row + rowBytes)
    }
    yield out
  }
}

function chunk(kind: string, data: Buffer): Buffer {
  const out = Buffer.alloc(data.length + 12)
  out.writeUInt32BE(data.length, 0)
  out.write(kind, 4, 'latin1')
  data.copy(out, 8)
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8)
  return out
}
