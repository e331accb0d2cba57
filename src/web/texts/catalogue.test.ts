// The stand-in says what i18next would say.
import i18next from 'i18next'
import { expect, test } from 'vitest'
import catalogue from './catalogue.ts'
import { en } from './en.ts'
import { label } from './en-label.ts'
import { landing } from './en-landing.ts'
import { operations } from './en-operations.ts'
import { pages } from './en-pages.ts'
import { review } from './en-review.ts'
import { tasks } from './en-tasks.ts'
import { views } from './en-views.ts'

const PARTS = [pages, { label }, { label: landing }, { operations }, { review }, { tasks }, { views }]

type Tree = { [name: string]: string | Tree }
const keysOf = (tree: Tree, before = ''): string[] =>
  Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [`${before}${name}`] : keysOf(value, `${before}${name}.`),
  )

test('every text, with every count, with values and without', async () => {
  const options = {
    lng: 'en',
    resources: { en: { translation: structuredClone(en) } },
    interpolation: { escapeValue: false },
  }
  for (const of of [i18next, catalogue as unknown as typeof i18next]) {
    await of.init(options as never)
    for (const part of PARTS) of.addResourceBundle('en', 'translation', structuredClone(part) as never, true, true)
  }
  const theirs = i18next.t as unknown as (key: string, values?: object) => string
  const names = [...JSON.stringify([en, ...PARTS]).matchAll(/\{\{(\w+)/g)].map(([, name]) => name)
  const values = Object.fromEntries(names.map((name) => [name, 1234.5]))
  const keys = [en, ...PARTS].flatMap((part) => keysOf(part as unknown as Tree))
  expect(keys.length).toBeGreaterThan(500)
  for (const key of [...keys, ...keys.map((k) => k.replace(/_(one|other)$/, '')), 'no.such.text', 'label']) {
    if (key !== 'label') expect(catalogue.t(key)).toBe(theirs(key).replaceAll(/\{\{[^}]*\}\}/g, ''))
    for (const count of [0, 1, 2, 1_000_000])
      expect(catalogue.t(key, { ...values, count })).toBe(theirs(key, { ...values, count }))
    expect(catalogue.t(key, { ...values, name: '<a> {{count}}' })).toBe(
      theirs(key, { ...values, name: '<a> {{count}}' }),
    )
  }
})
