// Names of files from outside, which may be hostile.

const NAME_MAX = 255
const FOLDER_MAX = 700

/** Control characters, line separators and marks that reorder or hide text on a screen. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/gu

const LONE_SURROGATE = /\p{Cs}/gu

const clean = (path: string) => path.replace(INVISIBLE, '').replace(LONE_SURROGATE, '\uFFFD').replace(/\\/g, '/')

/** A path as it may be shown and stored. Letters of all scripts stay. */
export const cleanPath = (path: string) => clean(clean(path).slice(0, 1000))

export type Place = { folder: string; name: string }

/** `holiday/day 1/a.jpg` → folder `holiday/day 1`, name `a.jpg`. @returns a sentence if the path leads elsewhere */
export function placeOf(path: string): Place | { refusal: string } {
  const inside = clean(path)
  if (/^\/|^[a-z]:\//i.test(inside)) return { refusal: 'The path is absolute. Only paths inside the upload are taken.' }
  const parts = inside.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) return { refusal: 'The path leads out of the upload (“..”).' }
  const name = parts.pop()
  if (!name?.trim()) return { refusal: 'The file has no name.' }
  const folder = parts.join('/')
  if (name.length > NAME_MAX)
    return { refusal: `The name has ${name.length} characters. At most ${NAME_MAX} are kept.` }
  if (folder.length > FOLDER_MAX)
    return { refusal: `The folder path has ${folder.length} characters. At most ${FOLDER_MAX} are kept.` }
  return { folder, name }
}

/** What operating systems leave in every folder and nobody means to import. */
export function isLeftover(path: string): boolean {
  const parts = path.split(/[/\\]/)
  const name = (parts.at(-1) ?? '').toLowerCase()
  return parts.includes('__MACOSX') || name.startsWith('._') || ['.ds_store', 'thumbs.db', 'desktop.ini'].includes(name)
}
