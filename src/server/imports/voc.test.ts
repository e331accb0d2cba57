import { describe, expect, test } from 'vitest'
import { Failure } from '../../model/failure.ts'
import { voc } from './voc.ts'

const parse = (xml: string, name = 'Annotations/raccoon-1.xml') =>
  voc.parse(name, Buffer.from(xml))[0] as NonNullable<ReturnType<typeof voc.parse>[0]>
const box = (xmin: string | number, ymin: string | number, xmax: string | number, ymax: string | number) =>
  `<bndbox><xmin>${xmin}</xmin><ymin>${ymin}</ymin><xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox>`
const object = (name: string, bndbox: string) =>
  `<object><name>${name}</name><pose>Left</pose><truncated>1</truncated><difficult>1</difficult>${bndbox}</object>`
const file = (...objects: string[]) =>
  `<annotation><folder>images</folder><filename>raccoon-1.jpg</filename><size><width>650</width><height>417</height><depth>3</depth></size>${objects.join('')}</annotation>`
const codeOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return error instanceof Failure ? error.code : error
  }
  return 'no failure'
}

describe('a Pascal VOC file', () => {
  test('gives its boxes by corner and size, without a shift by one', () => {
    const image = parse(file(object('raccoon', box(81, 88, 522, 408))))
    expect(image).toEqual({
      names: ['raccoon-1.jpg', 'raccoon-1'],
      folders: ['images', 'Annotations'],
      width: 650,
      height: 417,
      objects: [{ class_name: 'raccoon', shape: { type: 'box', x: 81, y: 88, width: 441, height: 320 } }],
      left_out: [],
    })
  })

  test('may hold one object, many or none, and numbers with a fraction', () => {
    expect(parse(file()).objects).toHaveLength(0)
    expect(
      parse(file(object('a', box(1, 1, 2, 2)), object('b', box('1.25', '1e0', '3.5', '2.0')))).objects.map(
        (o) => o.shape,
      ),
    ).toEqual([
      { type: 'box', x: 1, y: 1, width: 1, height: 1 },
      { type: 'box', x: 1.25, y: 1, width: 2.25, height: 1 },
    ])
  })

  test('has its objects without area or coordinates named, the others go in', () => {
    const image = parse(
      file(
        object('RBC', box(504, 337, 504, 337)),
        object('RBC', box(9, 9, 5, 12)),
        object('RBC', box('NaN', 1, 2, 3)),
        object('RBC', ''),
        object('RBC', box(1, 2, 3, 4)),
      ),
    )
    expect(image.objects).toHaveLength(1)
    expect(image.left_out).toEqual([
      'object 1 (RBC): zero area: (504, 337) – (504, 337)',
      'object 2 (RBC): corners the wrong way round: (9, 9) – (5, 12)',
      'object 3 (RBC): a coordinate is not a number',
      'object 4 (RBC): no bndbox',
    ])
  })

  test('without a file name is known by its own', () => {
    const image = parse(`<annotation>${object('a', box(1, 1, 2, 2))}</annotation>`, 'sub/frame 7.XML')
    expect(image).toMatchObject({ names: ['frame 7'], folders: ['sub'], width: null, height: null })
  })

  test('resolves the predefined entities and character references once, in class names', () => {
    expect(parse(file(object('a &amp; b &lt;&#8364;&#x20AC;', box(1, 1, 2, 2)))).objects[0]?.class_name).toBe(
      'a & b <€€',
    )
    expect(parse(file(object('&amp;lt;', box(1, 1, 2, 2)))).objects[0]?.class_name).toBe('&lt;')
  })

  test('may declare its encoding', () => {
    const xml = `<?xml version="1.0" encoding="ISO-8859-1"?>${file(object('B\u00e4r', box(1, 1, 2, 2)))}`
    expect(voc.parse('a.xml', Buffer.from(xml, 'latin1'))[0]?.objects[0]?.class_name).toBe('Bär')
    expect(codeOf(() => voc.parse('a.xml', Buffer.from(file(object('B\u00e4r', box(1, 1, 2, 2))), 'latin1')))).toBe(
      'unsupported_media',
    )
  })
})

describe('a hostile Pascal VOC file', () => {
  test('with a document type is refused before anything is expanded', () => {
    const laughs = `<!DOCTYPE a [<!ENTITY l0 "ha">${Array.from({ length: 30 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')}]>`
    const started = performance.now()
    expect(codeOf(() => parse(`${laughs}${file(object('&l30;', box(1, 1, 2, 2)))}`))).toBe('unsupported_media')
    expect(codeOf(() => parse(`<!doctype x SYSTEM "file:///etc/passwd">${file()}`))).toBe('unsupported_media')
    expect(performance.now() - started).toBeLessThan(500)
  })

  test('nested deeply, cut off, or no XML at all is refused with a sentence', () => {
    expect(codeOf(() => parse(`<annotation>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</annotation>`))).toBe(
      'unsupported_media',
    )
    expect(codeOf(() => parse(file(object('a', box(1, 1, 2, 2))).slice(0, -40)))).toBe('unsupported_media')
    expect(codeOf(() => parse('\u0000\u0001'))).toBe('unsupported_media')
    expect(codeOf(() => parse(''))).toBe('unsupported_media')
    expect(codeOf(() => parse('<html><body/></html>'))).toBe('unsupported_media')
    expect(codeOf(() => parse('{"images": []}'))).toBe('unsupported_media')
  })

  test('with tags named like the innards of JavaScript changes nothing', () => {
    const code = codeOf(() =>
      parse(
        '<annotation><__proto__><polluted>1</polluted></__proto__><constructor><prototype><polluted>1</polluted></prototype></constructor></annotation>',
      ),
    )
    expect(['unsupported_media', 'no failure']).toContain(code)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  test('gives no path that leads anywhere, and no characters that the database cannot hold', () => {
    const image = parse(
      `<annotation><folder>../../etc</folder><filename>C:\\data\\..\\..\\x&#0;y\u0007.jpg</filename>${object('a\u0000\ud800b'.replace('\u0000', '&#0;'), box(1, 1, 2, 2))}</annotation>`,
    )
    expect(image.names[0]).toBe('xy.jpg')
    expect(image.folders).toEqual(['data', 'etc', 'Annotations'])
    expect(image.objects[0]?.class_name).not.toMatch(/[\p{Cc}\p{Cs}]/u)
  })

  test('with 20,000 objects is read in bounded time', () => {
    const started = performance.now()
    expect(parse(file(...Array.from({ length: 20_000 }, () => object('a', box(1, 1, 2, 2))))).objects).toHaveLength(
      20_000,
    )
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
