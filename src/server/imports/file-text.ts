// Bytes of a foreign file as text, and text that the database can hold.
import { Failure } from '../../model/failure.ts'
import { cleanPath } from './file-names.ts'

/**
 * Text by byte order mark, else by the declared encoding, else UTF-8.
 * @throws Failure unsupported_media
 */
export function textOf(name: string, bytes: Uint8Array, declared: string | null = null): string {
  const label =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : (declared ?? 'utf-8')
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    throw new Failure('unsupported_media', `${name}: this is not ${label} text.`)
  }
}

/**
 * One line without control characters and half surrogates, which jsonb cannot hold.
 * @param max longer texts are cut
 */
export function plainLine(text: string, max: number): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim()
    .slice(0, max)
    .replace(/[\ud800-\udbff]$/, '')
}

/** Path as image-sources.ts would store it: with forward slashes, without empty, `.` and `..` parts and drive letters: a hint for matching, never a place on disk. */
export function plainPath(text: string): string {
  return cleanPath(text)
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[A-Za-z]:$/.test(part))
    .join('/')
}

/** `a/b/c.jpg` → `a/b` and `c.jpg`. */
export function folderAndName(path: string): { folder: string; name: string } {
  const cut = path.lastIndexOf('/')
  return cut < 0 ? { folder: '', name: path } : { folder: path.slice(0, cut), name: path.slice(cut + 1) }
}

/** Without the last extension: `a.tar.gz` → `a.tar`. A leading dot is part of the name. */
export function stemOf(name: string): string {
  return name.replace(/(?<=.)\.[^.]*$/, '')
}
