// Files from an input or a drop, with the path inside the picked folder; hidden files of systems are left out.
import type { PickedFile } from './upload-store.ts'

const HIDDEN = /(^|\/)(\.[^/]*|Thumbs\.db|desktop\.ini|__MACOSX)(\/|$)/i

/** @returns what is to be sent, and how many hidden files were left out */
export function pickedFiles(files: Iterable<File>): { picked: PickedFile[]; hidden: number } {
  const all = Array.from(files, (file) => ({ file, path: pathOf(file) }))
  const picked = all.filter(({ path }) => !HIDDEN.test(path))
  return { picked, hidden: all.length - picked.length }
}

function pathOf(file: File): string {
  // A drop gives `path` (react-dropzone), a folder input gives `webkitRelativePath`.
  const given = file.webkitRelativePath || (file as File & { path?: string }).path || file.name
  return given.replace(/^(\.?\/)+/, '') || file.name
}
