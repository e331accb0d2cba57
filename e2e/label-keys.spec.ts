// The label page by keyboard: a class beyond the digits, long lists of values, what was given last after a reload, and the panel
// of the view; a reviewer's words taken back in the dialog that they are written in.
import { fileURLToPath } from 'node:url'
import { expect, type Page, test } from '@playwright/test'
import type { Client } from '../src/contract/client.ts'
import type { Attribute, LabelSchema } from '../src/model/label-schema.ts'
import { becomeOwner, importImages } from './client.ts'
import { byPalette, dragBox, saved } from './hand.ts'
import { type StoryServer, startServer } from './server.ts'

const pictureAt = (name: string) => fileURLToPath(new URL(`../docs/images/${name}.png`, import.meta.url))
const IMAGES: Record<string, string> = { 'a.png': pictureAt('review'), 'b.png': pictureAt('label') }
const ANIMALS = ['Ape', 'Bear', 'Cat', 'Dog', 'Eel', 'Fox', 'Goat', 'Hare', 'Ibis', 'Jay', 'Koala', 'Lynx']

let server: StoryServer
const problems: string[] = []
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.stop())

test('classes, values and panels without the mouse', async ({ page }) => {
  page.on('pageerror', (error) => problems.push(error.message))
  const { keyboard } = page
  await page.addInitScript({ content: COUNT_CLOSED })
  const api = await setUp(page)
  const image = page.getByRole('application')
  const list = page.getByRole('group', { name: 'Classes' })
  const isActive = (name: string) => expect(list.getByRole('button', { name, pressed: true })).toBeVisible()
  const open = async () => {
    await page.goto(`${server.url}/projects/1/label?task=1`)
    await expect(page.getByRole('button', { name: 'Submit' })).toBeEnabled()
  }
  await open()

  await test.step('a class without a digit: by search, by arrows, by the palette', async () => {
    await keyboard.press('/')
    await expect(page.getByLabel('Find a class')).toBeFocused()
    await keyboard.type('big koa')
    await keyboard.press('Control+Backspace')
    await keyboard.press('Control+Backspace')
    await keyboard.type('koa')
    await keyboard.press('Enter')
    await expect(image).toBeFocused()
    await isActive('Koala')
    await keyboard.press('/')
    await keyboard.press('ArrowDown')
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await expect(image).toBeFocused()
    await isActive('Bear')
    await keyboard.press('/')
    await keyboard.press('Escape')
    await expect(image).toBeFocused()
    await byPalette(page, 'lynx', 'Lynx')
    await isActive('Lynx')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(image).toBeFocused()
    await byPalette(page, 'skip', 'Skip')
    await expect(page.getByRole('dialog', { name: 'Skip this task' })).toBeVisible()
    await keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(image).toBeFocused()
    await keyboard.press('Shift+P')
    // While the panel is on its way, keys are kept for it.
    await expect(page.getByRole('list', { name: 'Comments' })).toBeAttached()
    await keyboard.press('/')
    await expect(page.getByLabel('Find a class')).toBeFocused()
    await keyboard.press('Escape')
  })

  await test.step('in a long list Enter takes what was typed', async () => {
    await keyboard.press('1')
    await keyboard.press('b')
    await dragBox(page)
    await keyboard.press('Shift+Enter')
    const [mood, marks] = [page.getByRole('combobox', { name: 'Mood' }), page.getByRole('combobox', { name: 'Marks' })]
    await expect(mood).toBeFocused()
    await keyboard.type('sev')
    await keyboard.press('Enter')
    await expect(mood).toHaveValue('seven')
    await marks.focus()
    await keyboard.type('nin')
    await keyboard.press('Enter')
    await keyboard.type('two')
    await keyboard.press('Enter')
    // In a short one the mark stays where it is.
    await page.getByRole('combobox', { name: 'Signs' }).focus()
    for (const key of ['Enter', 'ArrowDown', 'ArrowDown', 'Enter', 'ArrowDown', 'Enter']) await keyboard.press(key)
    await keyboard.press('Escape')
    await keyboard.press('Escape')
    await expect(image).toBeFocused()
    await saved(page)
    expect(await valuesOf(api)).toEqual([{ 1: 7, 2: [9, 2], 3: [2, 3] }])
  })

  await test.step('after a reload the next object begins with what was given last', async () => {
    await open()
    await keyboard.press('1')
    await keyboard.press('b')
    await dragBox(page, 60)
    await expect(page.getByRole('combobox', { name: 'Mood' })).toHaveValue('seven')
    await saved(page)
    expect((await valuesOf(api))[1]).toEqual({ 1: 7 })
  })

  await test.step('Shift takes the rows of the list between two', async () => {
    await keyboard.press('Escape')
    for (let i = 0; i < 2; i++) {
      await keyboard.press('Control+a')
      await keyboard.press('Control+d')
    }
    const rows = page.getByRole('region', { name: 'Objects' }).getByRole('button', { name: /Ape \d/ })
    const row = (number: number) => rows.filter({ hasText: new RegExp(`Ape${number}$`) })
    await row(2).click()
    await row(5).click({ modifiers: ['Shift'] })
    await row(3).click({ modifiers: ['Control'] })
    await expect(page.getByRole('region', { name: 'Objects' }).getByRole('button', { pressed: true })).toHaveText(['Ape2', 'Ape4', 'Ape5']) // biome-ignore format: one line
  })

  await test.step('the panel of the view has the keyboard when a key opened it, and gives it back', async () => {
    const button = page.getByRole('button', { name: 'View', exact: true })
    await expect(button).toHaveAttribute('aria-expanded', 'false')
    await button.focus()
    await keyboard.press('Enter')
    await expect(page.getByRole('slider', { name: 'Brightness' })).toBeFocused()
    await expect(button).toHaveAttribute('aria-expanded', 'true')
    await keyboard.press('Escape')
    await expect(button).toBeFocused()
    await expect(page.getByRole('slider')).toHaveCount(0)
    await button.click()
    await expect(page.getByRole('slider', { name: 'Brightness' })).toBeVisible()
    await button.click()
    await expect(page.getByRole('slider')).toHaveCount(0)
  })

  await test.step('an image that was shown, and another in its place, is shown again', async () => {
    const strip = page.getByRole('navigation', { name: 'My next tasks' })
    for (const name of ['b.png', 'a.png', 'b.png']) {
      await strip.getByRole('button', { name }).click()
      await expect(page.getByRole('heading', { name })).toBeVisible()
      await expect(page.getByRole('button', { name: 'Submit' })).toBeEnabled()
    }
    // What is given back too early cannot be drawn: that would be a problem of the page.
    await expect(page.locator('html')).toHaveAttribute('data-closed', /^\d+$/)
  })
  expect(problems).toEqual([])
})

/** On the page: how many pictures gave their memory back. */
const COUNT_CLOSED = `
  const { close } = ImageBitmap.prototype
  let closed = 0
  ImageBitmap.prototype.close = function () {
    document.documentElement.dataset.closed = ++closed
    close.call(this)
  }`

async function valuesOf(api: Client): Promise<unknown[]> {
  const { document } = await api.get_task({ project_id: 1, task_id: 1 })
  return document.objects.map((o) => o.attributes)
}

async function setUp(page: Page): Promise<Client> {
  const api = await becomeOwner(page, server, 'Zoo')
  await api.create_project({ organization_id: 1, name: 'Animals', settings: { release_on_import: true }, schema: SCHEMA }) // biome-ignore format: one line
  await importImages(api, 1, IMAGES)
  return api
}

const WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const listed = (id: number, name: string, type: Attribute['type'], most: number): Attribute => ({
  id,
  name,
  type,
  is_required: false,
  options: WORDS.slice(0, most).map((word, i) => ({ id: i + 1, name: word })),
  parent: null,
})
const ATTRIBUTES: Attribute[] = [
  { ...listed(1, 'Mood', 'dropdown', 10), keeps_last: true },
  listed(2, 'Marks', 'multi_select', 10),
  listed(3, 'Signs', 'multi_select', 4),
]
const SCHEMA: LabelSchema = {
  classes: ANIMALS.map((name, i) => ({
    id: i + 1,
    name,
    color: '#e5484d',
    hotkey: null,
    geometries: ['box'],
    attributes: i === 0 ? ATTRIBUTES : [],
    is_removed: false,
  })),
  global_attributes: [],
}
