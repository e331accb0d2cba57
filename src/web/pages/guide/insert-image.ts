// Where an image comes into the text: after the cursor, on a line of its own.
import { guideImageUrl } from '../../../model/guide.ts'

/** @returns the text, and the place after the image, where the next one goes */
export function insertImage(text: string, at: number, image_id: number, caption: string): { text: string; at: number } {
  const before = at === 0 || text[at - 1] === '\n' ? '' : '\n'
  const after = at === text.length || text[at] === '\n' ? '' : '\n'
  const image = `${before}![${captionOf(caption)}](${guideImageUrl(image_id)})`
  return { text: text.slice(0, at) + image + after + text.slice(at), at: at + image.length }
}

/** One line, without what would end the caption. */
const captionOf = (text: string): string =>
  text
    .replace(/[[\]\\\s]+/g, ' ')
    .trim()
    .slice(0, 200)
