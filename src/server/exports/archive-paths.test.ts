import fc from 'fast-check'
import { expect, test } from 'vitest'
import { archivePath } from './archive-paths.ts'

test('a name is told apart by as little as needed', () => {
  const at = { id: 12, name: 'a.jpg', folder: 'day 1/cam' }
  expect(archivePath(at, 'name')).toBe('a.jpg')
  expect(archivePath(at, 'folder')).toBe('day 1/cam/a.jpg')
  expect(archivePath(at, 'id')).toBe('day 1/cam/a~12.jpg')
  expect(archivePath({ ...at, folder: '' }, 'folder')).toBe('a.jpg')
})

test('a name that had to be changed, or looks as if it was, carries the id', () => {
  expect(archivePath({ id: 7, name: 'a:b.jpg', folder: '' }, 'name')).toBe('a_b~7.jpg')
  expect(archivePath({ id: 7, name: 'a~12.jpg', folder: '' }, 'name')).toBe('a~12~7.jpg')
  expect(archivePath({ id: 7, name: 'CON.png', folder: '..' }, 'folder')).toBe('_/_CON~7.png')
})

test('law: no path leaves the archive or breaks a file system', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('..', '.', '', '../../etc/passwd', 'C:\\x', '/abs', 'nul', 'a.', ' '),
  )
  fc.assert(
    fc.property(text, text, fc.constantFrom('name', 'folder', 'id'), (name, folder, named_by) => {
      const parts = archivePath({ id: 3, name, folder }, named_by as 'name').split('/')
      for (const part of parts) {
        expect(part).not.toMatch(/[\p{Cc}\\:*?"<>|]|[. ]$/u)
        expect(part).not.toBe('')
        expect(part.isWellFormed()).toBe(true)
      }
    }),
  )
})
