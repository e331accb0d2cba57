// What was begun is not left behind without a word: a half-drawn shape, a missing value, a skip, a comment and a rejection,
// with a connection that is lost in between; and a task that stands elsewhere is not taken by its link.
import { fileURLToPath } from 'node:url'
import { expect, type Page, test } from '@playwright/test'
import type { Client } from '../src/contract/client.ts'
import type { LabelSchema } from '../src/model/label-schema.ts'
import { becomeOwner, importImages } from './client.ts'
import { saved } from './hand.ts'
import { type StoryServer, startServer } from './server.ts'

let server: StoryServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.stop())

test('nothing that was begun is left behind without a word', async ({ page, context }) => {
  const api = await setUp(page)
  await page.goto(`${server.url}/projects/1/label?task=1`)
  await expect(page.getByRole('button', { name: 'Submit' })).toBeEnabled()
  // What may be needed without a connection has come by then.
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(3000)

  await test.step('a half-drawn shape stays, whatever is clicked', async () => {
    await page.keyboard.press('p')
    await clickAt(page, -60, -40)
    await clickAt(page, 60, -40)
    const word = page.getByText('A shape is not finished')
    const ways = [
      () => page.getByRole('navigation', { name: 'My next tasks' }).getByRole('button').nth(1).click(),
      () => page.keyboard.press('Shift+S'),
      () => page.getByRole('button', { name: 'Close', exact: true }).click(),
      () => page.getByRole('link', { name: 'Tasks', exact: true }).click(),
    ]
    for (const go of ways) {
      await expect(word).toHaveCount(0)
      await go()
      await expect(word).toBeVisible()
      await expect(page).toHaveURL(/label\?task=1$/)
    }
    await clickAt(page, 60, 40)
    await page.keyboard.press('Enter')
    await saved(page)
  })

  await test.step('a missing value is shown, also where the comments are open', async () => {
    await page.keyboard.press('Shift+P')
    await expect(page.getByRole('tab', { name: /^Comments/, selected: true })).toBeVisible()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('radio', { name: 'good' })).toBeFocused()
    await page.keyboard.press('Space')
    await page.keyboard.press('Escape')
  })

  await test.step('the note of a skip that fails stays, also by Escape', async () => {
    await context.setOffline(true)
    const dialog = page.getByRole('dialog', { name: 'Skip this task' })
    await page.keyboard.press('Shift+S')
    await dialog.getByRole('radio', { name: 'Other' }).check()
    await dialog.getByLabel('Note').fill('Only half of it')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText(/The server did not answer/).first()).toBeVisible()
    await expect(dialog.getByLabel('Note')).toHaveValue('Only half of it')
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await page.keyboard.press('Shift+S')
    await expect(dialog.getByLabel('Note')).toHaveValue('Only half of it')
    await expect(dialog.getByRole('radio', { name: 'Other' })).toBeChecked()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toHaveCount(0)
    await context.setOffline(false)
  })

  const comment = page.getByRole('textbox', { name: 'What should be said here?' })
  await test.step('a comment that was begun is sent, where it was pinned, or cancelled before the task goes on', async () => {
    const shape = await middle(page)
    await page.mouse.move(shape.x + 40, shape.y - 20)
    await page.keyboard.press('Shift+C')
    await expect(comment).toBeFocused()
    await page.keyboard.type('Look here')
    await page.keyboard.press('Escape')
    await expect(comment).toHaveCount(0)
    await page.getByRole('application').focus()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText('A comment is not sent')).toBeVisible()
    await expect(comment).toBeFocused()
    await expect(comment).toHaveValue('Look here')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('tab', { name: 'Comments 1' })).toBeVisible()
    const { threads } = await api.list_comments({ project_id: 1, task_id: 1 })
    expect(threads[0]?.object_id).toEqual(expect.any(String))
    await page.getByRole('application').focus()
    await page.keyboard.press('Control+Enter')
    await expect(page).not.toHaveURL(/task=1$/)
  })

  await test.step('a link to Label does not take a task that stands in Review, and leads there', async () => {
    await page.goto(`${server.url}/projects/1/label?task=1`)
    await expect(page.getByText(/This task stands in Review/)).toBeVisible()
    await page.getByRole('link', { name: 'Open in Review' }).click()
    await expect(page.getByRole('button', { name: 'Approve' })).toBeEnabled()
    await expect(page.getByRole('tab', { name: 'Comments 1' })).toBeVisible()
  })

  await test.step('another text of a comment, begun and not sent, keeps the task open too', async () => {
    const edited = page.getByRole('textbox', { name: 'Your comment' })
    await page.getByRole('tab', { name: 'Comments 1' }).click()
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await expect(edited).toHaveValue('Look here')
    await edited.fill('Look at this')
    await page.keyboard.press('Escape')
    await expect(edited).toHaveCount(0)
    await page.getByRole('application').focus()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText('A comment is not sent')).toBeVisible()
    await expect(edited).toBeFocused()
    await expect(edited).toHaveValue('Look at this')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(edited).toHaveCount(0)
  })

  await test.step('a comment that was begun goes with the rejection, pinned, whatever that says; both stay until they are there', async () => {
    const shape = await middle(page)
    await page.mouse.move(shape.x + 40, shape.y - 20)
    await page.keyboard.press('Shift+C')
    await expect(comment).toBeFocused()
    await page.keyboard.type('Too wide')
    await page.keyboard.press('Escape')
    await page.getByRole('application').focus()
    await page.keyboard.press('Control+Backspace')
    const text = page.getByLabel('What should be changed')
    await expect(text).toHaveValue('Too wide\n1. Look here')
    await text.fill('Draw it anew')
    await context.setOffline(true)
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText(/The server did not answer/).first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(text).toHaveCount(0)
    await page.keyboard.press('Control+Backspace')
    await expect(text).toHaveValue('Draw it anew')
    await context.setOffline(false)
    await page.keyboard.press('Control+Enter')
    await expect.poll(async () => (await api.get_task({ project_id: 1, task_id: 1 })).task.is_returned).toBe(true)
    const { threads } = await api.list_comments({ project_id: 1, task_id: 1 })
    expect(threads.map((thread) => thread.comments[0]?.text)).toEqual(['Look here', 'Too wide'])
    expect(threads[1]?.place).not.toBeNull()
  })

  await test.step('where nothing waits, the one button keeps the keyboard', async () => {
    const look = page.getByRole('button', { name: 'Look again' })
    await expect(look).toBeFocused()
    const answer = page.waitForResponse((reply) => reply.url().endsWith('/claim'))
    await page.keyboard.press('Enter')
    await answer
    await expect(look).toBeEnabled()
    await expect(look).toBeFocused()
  })
})

/** Of the canvas. */
async function middle(page: Page): Promise<{ x: number; y: number }> {
  const canvas = await page.getByRole('application').boundingBox()
  if (!canvas) throw new Error('no canvas')
  return { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 }
}

async function clickAt(page: Page, dx: number, dy: number): Promise<void> {
  const { x, y } = await middle(page)
  await page.mouse.click(x + dx, y + dy)
}

async function setUp(page: Page): Promise<Client> {
  const api = await becomeOwner(page, server, 'Lab')
  const settings = { release_on_import: true, allow_self_review: true }
  await api.create_project({ organization_id: 1, name: 'Begun', settings, schema: SCHEMA })
  const names = ['review.png', 'history.png', 'set-split.png']
  const pathOf = (name: string) => fileURLToPath(new URL(`../docs/images/${name}`, import.meta.url))
  await importImages(api, 1, Object.fromEntries(names.map((name) => [name, pathOf(name)])))
  return api
}

const SCHEMA: LabelSchema = {
  classes: [
    { id: 1, name: 'Car', color: '#e5484d', hotkey: '1', geometries: ['polygon'], attributes: [], is_removed: false },
  ],
  global_attributes: [
    {
      id: 1,
      name: 'Quality',
      type: 'radio',
      is_required: true,
      options: [
        { id: 1, name: 'good' },
        { id: 2, name: 'bad' },
      ],
      parent: null,
    },
  ],
}
