// Paths within an archive: safe on every system that unpacks it, and different from each other. Pure.

export type NamedBy = 'name' | 'folder' | 'id'

/**
 * @param named_by what tells this task from the others of the export: its name alone; its folder and name; or, where
 *   these are the same too, also its id. A name that had to be changed carries the id in any case, so a changed name
 *   never meets another one. Names that end like such an id count as changed.
 * @returns e.g. `a.jpg`, `day 1/a.jpg`, `a~12.jpg`
 */
export function archivePath(task: { id: number; name: string; folder: string }, named_by: NamedBy): string {
  const name = safePart(task.name)
  const folder = named_by === 'name' || task.folder === '' ? [] : task.folder.split('/').map(safePart)
  const isChanged =
    name !== task.name || /~\d+(\.[^.]*)?$/.test(name) || folder.join('/') !== (named_by === 'name' ? '' : task.folder)
  return [...folder, named_by === 'id' || isChanged ? withId(name, task.id) : name].join('/')
}

function withId(name: string, id: number): string {
  const cut = name.lastIndexOf('.')
  return cut > 0 ? `${name.slice(0, cut)}~${id}${name.slice(cut)}` : `${name}~${id}`
}

/** Names that Windows keeps for devices. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** Characters; with an id behind it, still what every file system takes. */
const LONGEST = 200

/** One part of a path without separators, control characters, what Windows forbids, and `..`. */
function safePart(part: string): string {
  const plain = part
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\\/:*?"<>|]/gu, '_')
    .replace(/\p{Cs}/gu, '_')
    .replace(/[. ]+$/, '_')
  const short =
    plain.length > LONGEST ? `${plain.slice(0, LONGEST - 20)}${/\.[^.]{1,18}$/.exec(plain)?.[0] ?? ''}` : plain
  return short === '' || DEVICE.test(short) ? `_${short}` : short
}
