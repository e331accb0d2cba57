// Pascal VOC: one XML file per image, boxes by their corners.
// Coordinates are taken as Datumaro takes them (datumaro/plugins/data_formats/voc/base.py): x = xmin, y = ymin,
// width = xmax − xmin, height = ymax − ymin, without the shift by one of the original MATLAB devkit.
// The flags pose, truncated and difficult, and the boxes of body parts, have no counterpart here and are passed over.
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Failure } from '../../model/failure.ts'
import { folderAndName, plainLine, plainPath, stemOf, textOf } from './file-text.ts'
import type { AnnotationFormat, ParsedImage, ParsedObject } from './format.ts'

const MIB = 1024 * 1024
/** Far more than any image has pixels; beyond it the arithmetic of doubles gets coarse. */
const MAX_COORDINATE = 10_000_000

/** Entities are never expanded and every value stays text. */
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  maxNestedTags: 32,
  isArray: (tag) => tag === 'object',
})

export const voc: AnnotationFormat = {
  name: 'voc',
  title: 'Pascal VOC',
  extensions: ['.xml'],
  // 20,000 objects, the most that a task holds, take about 6 MiB; the worst 8 MiB take the parser about 3 s.
  max_bytes: 8 * MIB,
  parse(name, bytes) {
    const root = readXml(name, bytes).annotation
    if (!isNode(root))
      throw new Failure('unsupported_media', `${name}: this is not a Pascal VOC file, its root is not <annotation>.`)
    const objects: ParsedObject[] = []
    const left_out: string[] = []
    for (const [i, node] of list(root.object).entries()) {
      const read = readObject(node)
      if (typeof read === 'string') left_out.push(`object ${i + 1}${labelOf(node)}: ${read}`)
      else objects.push(read)
    }
    const size = isNode(root.size) ? root.size : {}
    return [{ ...placeOf(name, root), width: pixels(size.width), height: pixels(size.height), objects, left_out }]
  },
}

type Node = { [tag: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])
const labelOf = (node: unknown) => {
  const name = isNode(node) ? plainLine(text(node.name), 100) : ''
  return name ? ` (${name})` : ''
}

function readXml(name: string, bytes: Uint8Array): Node {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const xml = textOf(name, bytes, /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? null)
  // No writer of VOC files declares a document type; who does wants entities expanded or files read.
  if (/<!(DOCTYPE|ENTITY)/i.test(xml))
    throw new Failure('unsupported_media', `${name}: a document type declaration is not accepted.`)
  // The parser alone takes the first half of a file that was cut off.
  const valid = XMLValidator.validate(xml)
  if (valid !== true)
    throw new Failure(
      'unsupported_media',
      `${name}: damaged XML at line ${valid.err.line}: ${plainLine(valid.err.msg, 200)}`,
    )
  try {
    return parser.parse(xml) as Node
  } catch (error) {
    throw new Failure('unsupported_media', `${name}: ${plainLine((error as Error).message, 200)}`)
  }
}

/** The names that the image may have (the file's word first, then the XML's own base name), and folders. */
function placeOf(name: string, root: Node): Pick<ParsedImage, 'names' | 'folders'> {
  const own = folderAndName(plainPath(name))
  const told = folderAndName(plainPath(text(root.filename)))
  const names = [told.name, stemOf(own.name)].filter((n) => n !== '')
  const folders = [
    told.folder,
    plainPath(text(root.folder)),
    folderAndName(plainPath(text(root.path))).folder,
    own.folder,
  ].filter((f) => f !== '')
  return { names: [...new Set(names)], folders: [...new Set(folders)] }
}

function readObject(node: unknown): ParsedObject | string {
  if (!isNode(node)) return 'empty'
  const box = isNode(node.bndbox) ? node.bndbox : null
  if (!box) return 'no bndbox'
  const [xmin, ymin, xmax, ymax] = [box.xmin, box.ymin, box.xmax, box.ymax].map(coordinate)
  if (
    xmin === undefined ||
    ymin === undefined ||
    xmax === undefined ||
    ymax === undefined ||
    [xmin, ymin, xmax, ymax].some(Number.isNaN)
  )
    return 'a coordinate is not a number'
  const corners = `(${xmin}, ${ymin}) – (${xmax}, ${ymax})`
  if (xmax < xmin || ymax < ymin) return `corners the wrong way round: ${corners}`
  if (xmax === xmin || ymax === ymin) return `zero area: ${corners}`
  return {
    class_name: plainLine(text(node.name), 1000),
    shape: { type: 'box', x: xmin, y: ymin, width: xmax - xmin, height: ymax - ymin },
  }
}

function coordinate(value: unknown): number {
  const written = text(value)
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(written)) return Number.NaN
  const number = Number(written)
  return Math.abs(number) <= MAX_COORDINATE ? number : Number.NaN
}

function pixels(value: unknown): number | null {
  const number = coordinate(value)
  return number > 0 ? Math.round(number) : null
}

const PREDEFINED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text of a leaf, unchecked; the five predefined entities and character references are resolved in one pass, no others. */
function text(value: unknown): string {
  if (typeof value !== 'string') return ''
  const resolved = value.replace(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g,
    (whole, name, decimal, hex) => {
      if (name) return PREDEFINED[name] as string
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
  return resolved
}
