// What a file is, by its first bytes. The name is never asked; it is only compared afterwards.

/** Formats that become assets. */
export const IMAGE_TYPES = {
  jpeg: { label: 'JPEG', mime_type: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jpe', 'jfif', 'mpo'] },
  png: { label: 'PNG', mime_type: 'image/png', extensions: ['png', 'apng'] },
  webp: { label: 'WebP', mime_type: 'image/webp', extensions: ['webp'] },
  gif: { label: 'GIF', mime_type: 'image/gif', extensions: ['gif'] },
  tiff: { label: 'TIFF', mime_type: 'image/tiff', extensions: ['tif', 'tiff'] },
  avif: { label: 'AVIF', mime_type: 'image/avif', extensions: ['avif'] },
  bmp: { label: 'BMP', mime_type: 'image/bmp', extensions: ['bmp', 'dib'] },
} as const
export type ImageType = keyof typeof IMAGE_TYPES

/** Formats that are recognised in order to say so. */
const OTHER_TYPES = {
  zip: { label: 'a ZIP archive', extensions: ['zip', 'docx', 'xlsx', 'pptx', 'jar', 'apk', 'odt', 'cbz'] },
  heic: { label: 'HEIC', extensions: ['heic', 'heif', 'hif'] },
  svg: { label: 'SVG', extensions: ['svg', 'svgz'] },
  jpeg2000: { label: 'JPEG 2000', extensions: ['jp2', 'j2k', 'jpf', 'jpx'] },
  jxl: { label: 'JPEG XL', extensions: ['jxl'] },
  psd: { label: 'Photoshop', extensions: ['psd', 'psb'] },
  icon: { label: 'ICO', extensions: ['ico', 'cur'] },
  pdf: { label: 'PDF', extensions: ['pdf'] },
  video: { label: 'a video', extensions: ['mp4', 'mov', 'm4v', 'avi', 'mkv', 'webm'] },
  archive: { label: 'an archive', extensions: ['7z', 'rar', 'gz', 'tgz', 'tar', 'xz', 'bz2'] },
} as const
export type OtherType = keyof typeof OTHER_TYPES
export type FileType = ImageType | OtherType

/** Bytes that `sniff` wants to see, if the file has as many. */
export const SNIFF_BYTES = 1024

/** @param head the first SNIFF_BYTES of the file @returns null for what is nothing known, e.g. text */
export function sniff(head: Buffer): FileType | null {
  const text = (from: number, to: number) => head.toString('latin1', from, to)
  if (starts(head, 0xff, 0xd8, 0xff)) return 'jpeg'
  if (starts(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'gif'
  if (text(0, 4) === 'RIFF') return text(8, 12) === 'WEBP' ? 'webp' : text(8, 12) === 'AVI ' ? 'video' : null
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(text(0, 4))) return 'tiff'
  if (text(4, 8) === 'ftyp') return sniffBoxes(head)
  if (text(0, 2) === 'BM' && looksLikeBmp(head)) return 'bmp'
  if (starts(head, 0x50, 0x4b, 3, 4) || starts(head, 0x50, 0x4b, 5, 6)) return 'zip'
  if (text(4, 12) === 'jP  \r\n\x87\n' || starts(head, 0xff, 0x4f, 0xff, 0x51)) return 'jpeg2000'
  if (starts(head, 0xff, 0x0a) || text(4, 8) === 'JXL ') return 'jxl'
  if (text(0, 4) === '8BPS') return 'psd'
  if (starts(head, 0, 0, 1, 0) && head.length > 6) return 'icon'
  if (text(0, 5) === '%PDF-') return 'pdf'
  if (starts(head, 0x1a, 0x45, 0xdf, 0xa3)) return 'video'
  if (
    text(0, 4) === 'Rar!' ||
    starts(head, 0x37, 0x7a, 0xbc, 0xaf) ||
    starts(head, 0x1f, 0x8b) ||
    text(257, 262) === 'ustar'
  )
    return 'archive'
  if (/^\uFEFF?\s*(<\?xml[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE svg[^>]*>|\s)*<svg[\s>]/i.test(head.toString('utf8')))
    return 'svg'
  return null
}

const starts = (head: Buffer, ...bytes: number[]) => head.length >= bytes.length && bytes.every((b, i) => head[i] === b)

/** ISO base media files say in their first box what they hold. */
function sniffBoxes(head: Buffer): FileType | null {
  const end = Math.min(head.readUInt32BE(0), head.length, 512)
  const brands: string[] = []
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12) brands.push(head.toString('latin1', at, at + 4))
  if (brands.includes('avif') || brands.includes('avis')) return 'avif'
  if (brands.some((b) => /^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(b))) return 'heic'
  return 'video'
}

/** “BM” begins many texts too: the size of the second header must be one that exists. */
function looksLikeBmp(head: Buffer): boolean {
  return head.length >= 26 && [12, 16, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14))
}

export const isImageType = (type: FileType | null): type is ImageType => type !== null && type in IMAGE_TYPES
export const labelOf = (type: FileType) =>
  (isImageType(type) ? IMAGE_TYPES[type] : OTHER_TYPES[type as OtherType]).label

/** The type that a name's extension promises; null if it promises none. */
export function promisedType(name: string): FileType | 'text' | null {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase()
  if (!extension) return null
  for (const [type, { extensions }] of Object.entries({ ...IMAGE_TYPES, ...OTHER_TYPES }))
    if ((extensions as readonly string[]).includes(extension)) return type as FileType
  return ['txt', 'csv', 'json', 'xml', 'html', 'htm', 'js', 'md', 'yaml', 'yml'].includes(extension) ? 'text' : null
}
