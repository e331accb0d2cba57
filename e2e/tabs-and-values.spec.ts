// The keyboard alone: a missing value is shown, filled in and left; a second tab of a task, which takes nothing away until it is
// told to; a lost connection; and a class in use that is to go.
import { fileURLToPath } from 'node:url'
import { expect, type Page, test } from '@playwright/test'
import type { Client } from '../src/contract/client.ts'
import type { LabelSchema } from '../src/model/label-schema.ts'
import { becomeOwner, importImages, OWNER, signIn } from './client.ts'
import { byPalette, dragBox, imageShown, saved } from './hand.ts'
import { type StoryServer, startServer } from './server.ts'

const IMAGE = fileURLToPath(new URL('../docs/images/review.png', import.meta.url))
const ADDRESS = '/projects/1/label?task=1'

let server: StoryServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.stop())

test('values by keyboard, two tabs of one task, and a lost connection', async ({ page, context }) => {
  const api = await setUp(page)
  await page.goto(`${server.url}${ADDRESS}`)
  const submit = (of: Page) => of.getByRole('button', { name: 'Submit' })
  await expect(submit(page)).toBeEnabled()
  await imageShown(page)

  await test.step('what is missing has the keyboard; Escape leads back to the image', async () => {
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText(/needs “Quality”/)).toBeVisible()
    await expect(page.getByRole('radio', { name: 'good' })).toBeFocused()
    await page.keyboard.press('Space')
    await expect(page.getByText(/needs “Quality”/)).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('application')).toBeFocused()
    await page.keyboard.press('Shift+Enter')
    await expect(page.getByRole('radio', { name: 'good' })).toBeFocused()
    await page.keyboard.press('Escape')
    await saved(page)
  })

  await test.step('a second tab is for viewing; the first goes on', async () => {
    const second = await context.newPage()
    await second.goto(`${server.url}${ADDRESS}`)
    await expect(second.getByText('You have this task open in another tab.')).toBeVisible()
    await expect(submit(second)).toBeDisabled()
    await page.bringToFront()
    await page.keyboard.press('Control+s')
    await expect(submit(page)).toBeEnabled()

    await second.getByRole('button', { name: 'Take it here' }).click()
    await expect(submit(second)).toBeEnabled()
    await expect(page.getByRole('alertdialog')).toContainText('took it in another tab')
    // None of its buttons: a key that was meant for a shape presses nothing.
    await expect(page.getByRole('alertdialog')).toBeFocused()
    await second.close()
    await page.getByRole('button', { name: 'Take it here' }).click()
    await expect(submit(page)).toBeEnabled()
  })

  await test.step('without a connection the page stays and says so; the work goes up when it is back', async () => {
    // What may be needed now has come by then.
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(3000)
    await context.setOffline(true)
    await page.keyboard.press('1')
    await page.keyboard.press('b')
    await dragBox(page)
    await expect(page.getByText(/^Not saved/)).toBeVisible()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText(/The server did not answer/).first()).toBeVisible()
    // Nobody has asked for these before.
    await page.keyboard.press('m')
    await page.keyboard.press('Shift+?')
    await page.waitForTimeout(500)
    await expect(submit(page)).toBeEnabled()
    await context.setOffline(false)
    await saved(page)
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  })

  await test.step('a session that ends takes no work and no page away; signed in elsewhere, the work goes up', async () => {
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.request.post(`${server.url}/api/sign-out`, { headers: { origin: server.url }, data: {} })
    await page.keyboard.press('b')
    await dragBox(page)
    await expect(page.getByText('Not saved: you are signed out')).toBeVisible()
    // What else the page asks for is refused too.
    await page.keyboard.press('Shift+H')
    await page.waitForTimeout(1000)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('application')).toBeVisible()
    await page.getByRole('button', { name: /you are signed out/ }).click()
    const opened = context.waitForEvent('page')
    await page.getByRole('link', { name: /Sign in in another tab/ }).click()
    const other = await opened
    await signIn(other, OWNER)
    await expect(other.getByRole('navigation', { name: 'Main' })).toBeVisible()
    await other.close()
    await saved(page)
  })

  await test.step('who signs out right after a stroke has saved it', async () => {
    await page.keyboard.press('b')
    await dragBox(page)
    await byPalette(page, 'sign out', 'Sign out')
    await signIn(page, OWNER)
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    expect((await api.get_task({ project_id: 1, task_id: 1 })).task.object_count).toBe(3)
  })

  await test.step('a number that is emptied and typed anew is what was typed', async () => {
    await page.goto(`${server.url}/projects/1/settings`)
    const share = page.getByLabel('Share of submitted tasks that is reviewed')
    await share.fill('')
    await expect(share).toHaveValue('')
    await share.pressSequentially('50')
    await page.getByRole('button', { name: 'Save settings' }).click()
    await expect(page.getByText('Unsaved changes')).toHaveCount(0)
    await expect(share).toHaveValue('50 %')
    await share.fill('')
    await share.blur()
    await expect(share).toHaveValue('50 %')
  })

  await test.step('a value that is asked for since the task was opened is shown, and the task goes on with it', async () => {
    await page.goto(`${server.url}${ADDRESS}`)
    await expect(submit(page)).toBeEnabled()
    await imageShown(page)
    const { version, schema } = await api.get_label_schema({ project_id: 1 })
    const options = [{ id: 1, name: 'dry' }, { id: 2, name: 'wet' }] // biome-ignore format: short
    const road = { id: 2, name: 'Road', type: 'radio' as const, is_required: true, options, parent: null }
    const asking = { ...schema, global_attributes: [...schema.global_attributes, road] }
    await api.put_label_schema({ project_id: 1, version, schema: asking })
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText(/needs “Road”/)).toBeVisible()
    await page.getByRole('radio', { name: 'dry' }).check()
    await expect(page.getByText(/needs “Road”/)).toHaveCount(0)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+Enter')
    await expect.poll(async () => (await api.get_task({ project_id: 1, task_id: 1 })).task.stage_id).not.toBe(2)
  })

  await test.step('an option is renamed in place and keeps its id; one that images may have is not removed without asking', async () => {
    await page.goto(`${server.url}/projects/1/schema`)
    const options = page.getByRole('group', { name: 'Options: Quality' })
    await options.getByLabel('Option', { exact: true }).first().fill('fine')
    await options.getByRole('button', { name: 'Remove bad' }).click()
    const dialog = page.getByRole('dialog', { name: 'Remove bad' })
    await expect(dialog).toContainText('1 task has been worked on.')
    await dialog.getByRole('button', { name: 'Remove bad' }).click()
    await options.getByLabel('Add option: Quality').fill('odd')
    await page.keyboard.press('Enter')
    await options.getByRole('button', { name: /^Move odd/ }).press('ArrowUp')
    await page.getByRole('button', { name: 'Save schema' }).click()
    await expect(page.getByText('Unsaved changes')).toHaveCount(0)
    const { schema } = await api.get_label_schema({ project_id: 1 })
    expect(schema.global_attributes[0]?.options).toEqual([
      { id: 3, name: 'odd' },
      { id: 1, name: 'fine' },
      { id: 2, name: 'bad', is_removed: true },
    ])
  })

  await test.step('a class that objects have is not removed without asking', async () => {
    await page.goto(`${server.url}/projects/1/schema`)
    const removed = page.getByText('Removed classes')
    const remove = page.getByRole('table').getByRole('button', { name: 'Remove Car' })
    await remove.click()
    const dialog = page.getByRole('dialog', { name: 'Remove Car' })
    await expect(dialog).toContainText('1 task has objects of this class.')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(removed).toHaveCount(0)
    await remove.click()
    await dialog.getByRole('button', { name: 'Remove Car' }).click()
    await expect(removed).toBeVisible()
  })
})

async function setUp(page: Page): Promise<Client> {
  const api = await becomeOwner(page, server, 'Lab')
  await api.create_project({
    organization_id: 1,
    name: 'Values',
    settings: { release_on_import: true },
    schema: SCHEMA,
  })
  await importImages(api, 1, { 'a.png': IMAGE })
  return api
}

const SCHEMA: LabelSchema = {
  classes: [
    {
      id: 1,
      name: 'Car',
      color: '#e5484d',
      hotkey: '1',
      geometries: ['box', 'mask'],
      attributes: [],
      is_removed: false,
    },
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
