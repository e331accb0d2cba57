// data.yaml of a YOLO export: where the splits are, the names of the classes, and for pose those of their points.
import type { LabelClass } from '../../model/label-schema.ts'
import type { SkeletonTemplate } from '../../model/shapes/skeleton.ts'
import type { ExportSource } from './format.ts'

/**
 * `path` is left out on purpose: Ultralytics then takes the folder of this file. A `path: .` would mean its own
 * datasets folder, or the folder the training was started in (check_det_dataset in ultralytics/data/utils.py).
 */
export function dataYaml(source: ExportSource, more: readonly string[]): string {
  const unassigned = source.splits.get('unassigned') ?? 0
  return [
    `# ${oneLine(source.project_name)}, exported from PixlHub on ${source.created_at}`,
    '# Without "path", the folders below are looked for beside this file.',
    ...(unassigned > 0 ? [`# ${unassigned} images have no split: images/unassigned, labels/unassigned`] : []),
    // Training asks for both of these, also when one of them is empty.
    'train: images/train',
    'val: images/val',
    ...(source.splits.has('test') ? ['test: images/test'] : []),
    '',
    `nc: ${source.classes.length}`,
    source.classes.length > 0 ? 'names:' : 'names: {}',
    ...source.classes.map((c, i) => `  ${i}: ${yamlText(c.name)}`),
    ...more,
    '',
  ].join('\n')
}

/** Every line of a pose data set has as many points as the class with the most. */
export const mostPoints = (classes: readonly LabelClass[]): number =>
  Math.max(0, ...classes.map((c) => c.skeleton?.points.length ?? 0))

/** `kpt_shape`, `flip_idx` where the names of the points tell it, and `kpt_names` by class. */
export function keypointsYaml(classes: readonly LabelClass[]): string[] {
  const templates = classes.flatMap((c, i) => (c.skeleton ? [{ number: i, template: c.skeleton }] : []))
  const count = mostPoints(classes)
  if (count === 0) return ['', '# No class has a skeleton, so there are no keypoints.']
  const flips = templates.map(({ template }) => flipOf(template, count))
  const isAgreed = flips.every((flip) => flip && String(flip) === String(flips[0]))
  return [
    '',
    `kpt_shape: [${count}, 3]`,
    isAgreed
      ? `flip_idx: [${flips[0]?.join(', ')}]`
      : '# No flip_idx: the names of the points do not tell left from right. Without it, training does not mirror images.',
    'kpt_names:',
    ...templates.map(
      ({ number, template }) => `  ${number}: [${template.points.map((p) => yamlText(p.name)).join(', ')}]`,
    ),
  ]
}

/** Which point each one becomes in a mirrored image, by `left` and `right`, or `l` and `r`, in their names; null if they do not tell. */
function flipOf({ points }: SkeletonTemplate, count: number): number[] | null {
  const names = points.map((p) => wordsOf(p.name))
  const flip = Array.from({ length: count }, (_, i) =>
    i < names.length ? names.indexOf(mirrored(names[i] as string)) : i,
  )
  return flip.includes(-1) || flip.every((to, i) => to === i) ? null : flip
}

/** `leftEye` and `Left eye` are the same words. */
const wordsOf = (name: string): string =>
  name
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, '_')
    .toLowerCase()
    .replace(/[\s_-]+/g, '_')

const OTHER: Record<string, string> = { left: 'right', right: 'left', l: 'r', r: 'l' }
const mirrored = (words: string): string =>
  words.replace(/(?<!\p{L})(left|right|[lr](?!\p{L}))/gu, (side) => OTHER[side] as string)

const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')

/** A double-quoted YAML scalar. JSON strings are such scalars, but for three characters that YAML takes for line ends. */
function yamlText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0085\u2028\u2029\u007f-\u009f]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
