import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import GuideText from './GuideText.tsx'

const WORDS = { no_image: 'no such image', broken: 'as written' }
const IMAGES = [{ id: 7, width: 20, height: 10 }]
const html = (text: string) =>
  renderToStaticMarkup(<GuideText project_id={3} text={text} images={IMAGES} words={WORDS} />)

test('Markdown becomes headings, lists, tables and emphasis', () => {
  const made = html('# Cells\n\n- *one*\n- **two**\n\n| class | rule |\n| --- | --- |\n| RBC | all |')
  for (const part of ['<h1>Cells</h1>', '<em>one</em>', '<strong>two</strong>', '<th>class</th>', '<td>all</td>'])
    expect(made).toContain(part)
})

test('HTML stays text', () => {
  const made = html('<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> and <b onclick="x()">b</b>')
  expect(made).not.toMatch(/<(script|img|b)[\s>]/)
  expect(made).toContain('&lt;script&gt;')
})

test('links lead to http, https and mailto, into a window that knows nothing of this one', () => {
  expect(html('[a](https://example.org)')).toContain(
    '<a href="https://example.org" target="_blank" rel="noopener noreferrer">a</a>',
  )
  expect(html('[a](mailto:a@example.org)')).toContain('href="mailto:a@example.org"')
  for (const url of [
    'javascript:alert(1)',
    '&#106;avascript:alert(1)',
    'data:text/html,x',
    '//example.org',
    '/api/x',
    '<java\tscript:x>',
  ])
    expect(html(`[a](${url})`), url).not.toContain('<a')
  expect(html('[a][r]\n\n[r]: javascript:alert(1)')).not.toContain('<a')
  expect(html('<javascript:alert(1)>')).not.toContain('<a')
})

test('images are those of this guide', () => {
  expect(html('![a car](image:7)')).toContain(
    '<img src="/api/projects/3/guide/images/7" alt="a car" width="20" height="10"',
  )
  for (const url of [
    'https://example.org/track.png',
    'image:8',
    'data:image/png;base64,AA',
    '/api/projects/4/guide/images/7',
    'image:7/../../x',
  ])
    expect(html(`![a car](${url})`), url).not.toContain('<img')
  expect(html('![a car](image:8)')).toContain('a car: no such image')
})
