// Zips made on the spot, for tests: good ones by yazl, hostile ones by hand.
import { crc32, deflateRawSync } from 'node:zlib'
import yazl from 'yazl'

/** @param files path → content */
export async function zip(files: Record<string, Buffer | string>): Promise<Buffer> {
  const archive = new yazl.ZipFile()
  for (const [path, content] of Object.entries(files)) archive.addBuffer(Buffer.from(content as string), path)
  archive.end()
  const chunks: Buffer[] = []
  for await (const chunk of archive.outputStream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export type RawEntry = {
  /** As bytes, whatever they say. */
  path: string
  content: Buffer
  /** What the headers say, if it differs from the truth. */
  claimedSize?: number
  crc?: number
  /** Unix mode with the kind of file. */
  mode?: number
  method?: number
  flags?: number
}

/** A zip that says what it is told to. Layout: PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16. */
export function rawZip(entries: readonly RawEntry[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const method = entry.method ?? 8
    const packed = method === 0 ? entry.content : deflateRawSync(entry.content)
    const name = Buffer.from(entry.path)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(entry.flags ?? 0x800, 2)
    shared.writeUInt16LE(method, 4)
    shared.writeUInt32LE(entry.crc ?? crc32(entry.content), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(entry.claimedSize ?? entry.content.length, 18)
    shared.writeUInt16LE(name.length, 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6)
    tail.writeUInt32LE(offset, 10)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, name, packed])
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), shared, tail, name]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06', 'latin1'), end])
}
