// Name tags of classes, painted once and copied from then on: 400 tags cost less than 20 texts.
import type { LabelClass } from '../../model/label-schema.ts'
import { texts } from '../texts.ts'
import { inkOn, UNKNOWN_COLOR } from './colors.ts'

/** CSS pixels. */
export const TAG_HEIGHT = 16
const PADDING = 5
export const CANVAS_FONT = '"Inter Variable", Inter, system-ui, sans-serif'
const FONT = `600 11px ${CANVAS_FONT}`
/** Longer names end in an ellipsis, CSS pixels. */
const MOST_TEXT = 140

export type Tag = { readonly picture: HTMLCanvasElement; readonly width: number }

const tags = new Map<string, Tag>()

/** @param ratio  device pixels per CSS pixel */
export function tagOf(labelClass: LabelClass | undefined, ratio: number): Tag {
  const name = labelClass?.name ?? texts.list.unknownClass
  const color = labelClass?.color ?? UNKNOWN_COLOR
  const key = `${ratio} ${color} ${name}`
  let tag = tags.get(key)
  if (!tag) {
    // A long session over many projects must not hoard them.
    if (tags.size > 4000) tags.clear()
    tag = paintTag(name, color, ratio)
    tags.set(key, tag)
  }
  return tag
}

/** Tags painted before the typeface arrived have the wrong one. */
export const forgetTags = (): void => tags.clear()

function paintTag(name: string, color: string, ratio: number): Tag {
  const picture = document.createElement('canvas')
  const context = picture.getContext('2d') as CanvasRenderingContext2D
  context.font = FONT
  const text = shortened(context, name)
  const width = Math.ceil(context.measureText(text).width) + 2 * PADDING
  picture.width = Math.round(width * ratio)
  picture.height = Math.round(TAG_HEIGHT * ratio)
  context.scale(ratio, ratio)
  context.fillStyle = color
  context.beginPath()
  context.roundRect(0, 0, width, TAG_HEIGHT, [3, 3, 3, 0])
  context.fill()
  context.font = FONT
  context.fillStyle = inkOn(color)
  context.textBaseline = 'middle'
  context.fillText(text, PADDING, TAG_HEIGHT / 2 + 0.5)
  return { picture, width }
}

function shortened(context: CanvasRenderingContext2D, name: string): string {
  if (context.measureText(name).width <= MOST_TEXT) return name
  const letters = [...name]
  while (letters.length > 1 && context.measureText(`${letters.join('')}…`).width > MOST_TEXT) letters.pop()
  return `${letters.join('')}…`
}
