import { expect, test } from 'vitest'
import { guideImageId, guideImagesIn, guideImageUrl, guideLink } from './guide.ts'

test('a link is followed to http, https and mailto only', () => {
  for (const url of ['https://example.org/a?b#c', 'HTTP://example.org', 'mailto:lead@example.org'])
    expect(guideLink(url), url).toBe(url)
  for (const url of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//example.org',
    '/api/sign-out',
    '#fn-1',
    'https:/\\example.org',
    'blob:https://example.org/1',
    '',
  ])
    expect(guideLink(url), url).toBeNull()
})

test('an image is named by its id, and nothing else is an image', () => {
  expect(guideImageId(guideImageUrl(17))).toBe(17)
  for (const url of [
    'image:0',
    'image:-1',
    'image:1.5',
    'image:01',
    'image:',
    'image:1/../2',
    'image:99999999999999999',
    'https://x/1.png',
    'data:image/png;base64,AA',
  ])
    expect(guideImageId(url), url).toBeNull()
})

test('the images of a text are found, as references too', () => {
  const text = '![a](image:3) ![b][r] and `image:12`\n\n[r]: image:7 "title"'
  expect(guideImagesIn(text)).toEqual(new Set([3, 12, 7]))
})
