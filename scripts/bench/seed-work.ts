// The objects that seeded tasks hold: a few documents that they share, one of them with a rare class.
const HORSE = 4
const MIX: readonly (readonly number[])[] = [
  ...Array.from({ length: 12 }, (_, n) => Array.from({ length: 1 + (n % 4) }, (_, i) => 1 + ((n + i) % 3))),
  [1, HORSE],
]

const document = (classes: readonly number[]) =>
  JSON.stringify(
    classes.map((class_id, i) => ({
      id: `object-${i + 1}`,
      class_id,
      shape: { type: 'box', x: 100 + 200 * i, y: 120, width: 160, height: 90 },
      attributes: {},
      author_id: null,
    })),
  )

const counts = (classes: readonly number[]) =>
  JSON.stringify(Object.fromEntries([...new Set(classes)].map((c) => [c, classes.filter((x) => x === c).length])))

/** In the same order: documents as JSON texts, objects in each, and objects per class as JSON text. */
export const SEEDED_WORK = {
  documents: MIX.map(document),
  totals: MIX.map((classes) => classes.length),
  counts: MIX.map(counts),
}
