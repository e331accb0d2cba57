// The guide's pictures of the bulk operations' dialogs, on the sample project. Takes them only when asked: see pictures.ts.
import { expect, type Page, test } from '@playwright/test'
import { type Client, createClient } from '../src/contract/client.ts'
import { becomeOwner, PASSWORD } from './client.ts'
import { picture, takesPictures } from './pictures.ts'
import { type StoryServer, startServer } from './server.ts'

const project = { project_id: 1 }
const LABELERS = ['Lena', 'Ravi', 'Mei']

let server: StoryServer
test.beforeAll(async () => {
  server = await startServer()
})
test.setTimeout(240_000)
test.afterAll(() => server.stop())

test('pictures of the dialogs of bulk operations', async ({ page }) => {
  test.skip(!takesPictures, 'PIXLHUB_PICTURES names no folder')
  await page.setViewportSize({ width: 1280, height: 800 })
  await setUp(await becomeOwner(page, server, 'Street Lab'))
  const dialog = page.getByRole('dialog')

  await test.step('set split by hand', async () => {
    await choose(page, 'Set split')
    await dialog.getByText('By hand', { exact: true }).click()
    await dialog
      .getByText(/^train$/i)
      .first()
      .click()
    await taken(page, 'set-split')
  })
  await test.step('clear skip', async () => {
    await choose(page, 'Clear skip')
    await taken(page, 'clear-skip')
  })
  await test.step('assign, dealt by weight', async () => {
    await choose(page, 'Assign')
    await dialog
      .getByRole('radiogroup', { name: /.*/ })
      .first()
      .getByText(/several/i)
      .click()
    await dialog.getByRole('combobox', { name: 'People' }).click()
    for (const name of LABELERS) await page.getByRole('option', { name }).click()
    await page.keyboard.press('Tab')
    await dialog.getByRole('switch', { name: 'By weights' }).press('Space')
    await taken(page, 'assign')
  })
  await test.step('set priority', async () => {
    await choose(page, 'Set priority')
    await dialog.getByRole('textbox', { name: 'Priority' }).fill('50')
    await taken(page, 'set-priority')
  })
  await test.step('set batch', async () => {
    await choose(page, 'Set batch')
    await dialog.getByRole('combobox').first().click()
    await page.getByRole('option', { name: 'Week 48' }).click()
    await taken(page, 'set-batch')
  })
  await test.step('archive', async () => {
    await choose(page, 'Archive')
    await taken(page, 'archive')
  })
})

/** Opens the dialog of an operation on every task of the project. */
async function choose(page: Page, title: string): Promise<void> {
  await page.goto(`${server.url}/projects/1/tasks`)
  await expect(page.getByText('24 tasks', { exact: true })).toBeVisible()
  await page.getByRole('grid').first().focus()
  await page.keyboard.press('Control+a')
  const bar = page.getByRole('toolbar', { name: 'Selected tasks' })
  await expect(bar.getByText('24 selected')).toBeVisible()
  const button = bar.getByRole('button', { name: title, exact: true })
  if ((await button.count()) > 0) await button.click()
  else {
    await bar.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: `${title}…`, exact: true }).click()
  }
}

/** With its preview. */
async function taken(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('dialog').locator('[aria-busy=true]')).toHaveCount(0)
  await page.waitForTimeout(800)
  await picture(page, name)
}

/** The sample with three labelers, a batch, three tasks that were skipped and one that somebody has open. */
async function setUp(api: Client): Promise<void> {
  await api.create_sample_project({ organization_id: 1 })
  for (const name of LABELERS) {
    const { token: invitation } = await api.create_project_invitation({ ...project, project_role: 'labeler' })
    const account = { name, email: `${name.toLowerCase()}@example.org`, password: PASSWORD }
    await visitor().accept_invitation({ token: invitation, account })
  }
  await api.create_batch({ ...project, name: 'Week 48' })
  const { tasks } = await api.list_tasks({ ...project, sort: 'id', limit: 24 })
  const { stages } = await api.get_project(project)
  const selection = { ids: tasks.slice(0, 16).map((t) => t.id) }
  const params = { stage_id: stages.find((s) => s.kind === 'label')?.id }
  await api.run_operation({ ...project, name: 'change-status', params, selection, key: 'released' })
  for (const [i, { id: task_id }] of tasks.slice(0, 4).entries()) {
    const held = { ...project, task_id, session_id: 'pictures-of-operations' }
    const { generation } = await api.open_task(held)
    if (i < 3) await api.skip_task({ ...held, generation, reason: i === 0 ? 'poor_image_quality' : 'ambiguous' })
  }
}

/** Nobody's yet. */
const visitor = (): Client =>
  createClient((url, { method, headers, body }) =>
    fetch(`${server.url}${url}`, { method, headers: { origin: server.url, ...headers }, body: body as string }),
  )
