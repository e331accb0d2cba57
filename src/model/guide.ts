// The guide of a project: its bounds, and what its Markdown may point to.

/** Bytes of the text as UTF-8. */
export const GUIDE_TEXT_MAX = 100_000
export const GUIDE_IMAGES_MAX = 200

/** How the text names an image of its guide. */
export const guideImageUrl = (image_id: number): string => `image:${image_id}`

/** The image that a URL of the text names; null for every other URL, so that a guide shows nothing from elsewhere. */
export function guideImageId(url: string): number | null {
  const id = Number(/^image:([1-9]\d{0,15})$/.exec(url)?.[1])
  return Number.isSafeInteger(id) ? id : null
}

/** The images that a text may show. One too many is harmless: it is kept. */
export function guideImagesIn(text: string): Set<number> {
  return new Set([...text.matchAll(/image:([1-9]\d{0,15})(?!\d)/g)].map(([, id]) => Number(id)))
}

/** Those that it shows as the page writes it, `![caption](image:ID)`: elsewhere the words may mean something else. */
export function guideImagesShown(text: string): Set<number> {
  return new Set([...text.matchAll(/!\[[^\]]*\]\(image:([1-9]\d{0,15})\)/g)].map(([, id]) => Number(id)))
}

/** A link that a reader may follow: http, https or mailto, spelled out; null for every other one. */
export function guideLink(url: string): string | null {
  return /^(https?:\/\/|mailto:)[^\s\\]+$/i.test(url) ? url : null
}
