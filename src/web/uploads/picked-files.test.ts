import { describe, expect, it } from 'vitest'
import { pickedFiles } from './picked-files.ts'

const file = (name: string, from: { webkitRelativePath?: string; path?: string } = {}): File =>
  Object.assign(Object.create(null), { name, size: 1, webkitRelativePath: '', ...from }) as File

describe('files that a person picks or drops', () => {
  it('keeps the path inside the folder, however the browser tells it', () => {
    const { picked } = pickedFiles([
      file('a.jpg'),
      file('b.jpg', { webkitRelativePath: 'set/b.jpg' }),
      file('c.jpg', { path: './set/deep/c.jpg' }),
      file('d.jpg', { path: '/set/d.jpg' }),
    ])
    expect(picked.map((p) => p.path)).toEqual(['a.jpg', 'set/b.jpg', 'set/deep/c.jpg', 'set/d.jpg'])
  })

  it('leaves out what systems hide, and counts it', () => {
    const { picked, hidden } = pickedFiles([
      file('.DS_Store'),
      file('x.jpg', { webkitRelativePath: '__MACOSX/x.jpg' }),
      file('Thumbs.db', { webkitRelativePath: 'set/Thumbs.db' }),
      file('y.jpg', { webkitRelativePath: 'set/y.jpg' }),
    ])
    expect(picked.map((p) => p.path)).toEqual(['set/y.jpg'])
    expect(hidden).toBe(3)
  })
})
