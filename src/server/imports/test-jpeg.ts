// An independent reading of a JPEG's upright size, to compare with: markers by hand, no image library.
// Layout: ITU-T T.81 annex B; EXIF 2.3, tag 0x0112.

export function uprightJpegSize(bytes: Buffer): { width: number; height: number; orientation: number } {
  let orientation = 1
  for (let at = 2; at + 4 < bytes.length; ) {
    if (bytes[at] !== 0xff) throw new Error(`no marker at ${at}`)
    const marker = bytes[at + 1] as number
    if (marker === 0xff) {
      at++
      continue
    }
    const length = bytes.readUInt16BE(at + 2)
    const segment = bytes.subarray(at + 4, at + 2 + length)
    if (marker === 0xe1 && segment.toString('latin1', 0, 6) === 'Exif\0\0')
      orientation = exifOrientation(segment.subarray(6))
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) {
      const height = segment.readUInt16BE(1)
      const width = segment.readUInt16BE(3)
      return orientation >= 5 ? { width: height, height: width, orientation } : { width, height, orientation }
    }
    at += 2 + length
  }
  throw new Error('no frame')
}

function exifOrientation(tiff: Buffer): number {
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const u16 = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let i = 0; i < u16(directory); i++) {
    const at = directory + 2 + i * 12
    if (u16(at) === 0x0112) return u16(at + 8)
  }
  return 1
}
