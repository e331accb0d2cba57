import { expect, test } from 'vitest'
import { insertImage } from './insert-image.ts'

test('an image stands on a line of its own', () => {
  expect(insertImage('before after', 7, 3, 'car').text).toBe('before \n![car](image:3)\nafter')
  expect(insertImage('', 0, 3, 'car').text).toBe('![car](image:3)')
})

test('the next image stands below it', () => {
  const first = insertImage('a\nb', 1, 3, 'car')
  expect(insertImage(first.text, first.at, 4, 'bus').text).toBe('a\n![car](image:3)\n![bus](image:4)\nb')
})

test('a caption cannot end itself', () => {
  expect(insertImage('', 0, 1, 'x](https://a) [y\n\nz\\').text).toBe('![x (https://a) y z](image:1)')
})
