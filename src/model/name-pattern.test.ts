import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileNamePattern, NAME_PATTERNS } from './name-pattern.ts'

const regexOf = (pattern: string) => compileNamePattern(pattern).regex

describe('a name pattern', () => {
  test.each([
    ['^(video\\d+)_', '^(video[0-9]+)_'],
    ['(\\w+)-\\d{4}', '([A-Za-z0-9_]+)-[0-9]{4}'],
    ['^([^_]+)_', '^([^_]+)_'],
    ['^(p[0-9a-f]{1,8})\\.', '^(p[0-9a-f]{1,8})\\.'],
    ['([\\w .-]*)\\(', '([A-Za-z0-9_ .\\-]*)\\('],
    ['(ä+)$', '(ä+)$'],
  ])('%s is %s', (pattern, regex) => {
    expect(regexOf(pattern)).toBe(regex)
  })

  test.each([
    ['^(a+)+$', 'cannot repeat a part'],
    ['^((a)+)', 'brackets within brackets'],
    ['(\\w)\\1', '“\\1”, which is not known'],
    ['(a|b)', 'alternatives'],
    ['(?=a)(b)', 'cannot have “(?”'],
    ['(a)(?:b)', 'cannot have “(?”'],
    ['(a*?)', 'two quantifiers'],
    ['(a++)', 'two quantifiers'],
    ['video', 'exactly one part'],
    ['(a)(b)', 'exactly one part'],
    ['(a', 'without its “)”'],
    ['a)', 'without its “(”'],
    ['([a)', 'without its “]”'],
    ['([z-a])', 'range “z-a”'],
    ['([A-z])', 'range “A-z”'],
    ['([[:alpha:]])', 'without its “]”'],
    ['(a{5,2})', 'counts nothing'],
    ['(a{999})', 'repeats too much'],
    ['(*a)', 'stands for nothing'],
    ['(a\\', 'ends in a “\\”'],
    ['(a$b)', '“$” only at its end'],
    ['(a^b)', '“^” only at its beginning'],
    [`(${'a'.repeat(100)})`, 'longer than 100'],
  ])('%s is refused: %s', (pattern, sentence) => {
    const { regex, problem } = compileNamePattern(pattern)
    expect([regex, problem]).toEqual([null, expect.stringContaining(sentence)])
    expect(problem).toMatch(/^The pattern .+\.$/)
  })

  test('what is accepted is a regular expression that means the same here', () => {
    const atoms = fc.constantFrom('a', '\\d', '\\w', '[^_]', '[a-c_]', '.', '_', '\\.')
    const quantified = fc.tuple(atoms, fc.constantFrom('', '+', '*', '?', '{2}', '{1,3}')).map((p) => p.join(''))
    const part = fc.array(quantified, { maxLength: 3 }).map((p) => p.join(''))
    const pattern = fc.tuple(fc.constantFrom('', '^'), part, part.filter((p) => p !== ''), part, fc.constantFrom('', '$')) // biome-ignore format: one list
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '1', '_', '.'), maxLength: 12 })
    fc.assert(
      fc.property(pattern, name, ([start, before, inside, after, end], text) => {
        const written = `${start}${before}(${inside})${after}${end}`
        const regex = regexOf(written)
        expect(regex).not.toBeNull()
        expect(new RegExp(regex as string).exec(text)).toEqual(new RegExp(written).exec(text))
      }),
    )
  })

  test('those in use often are all accepted and find the group', () => {
    const found = (name: keyof typeof NAME_PATTERNS, text: string) => new RegExp(regexOf(NAME_PATTERNS[name]) as string).exec(text)?.[1] // biome-ignore format: one call
    expect(found('before_first_underscore', 'video12_cam_003.jpg')).toBe('video12')
    expect(found('before_last_underscore', 'video12_cam_003.jpg')).toBe('video12_cam')
    expect(found('before_last_dash', 'patient-7-0012.png')).toBe('patient-7')
    expect(found('before_last_number', 'sceneB-frame0012.png')).toBe('sceneB-frame')
  })
})
