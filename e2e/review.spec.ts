// A review: labelled, rejected with a comment pinned to an object, seen, fixed and resolved by the labeler, compared and
// accepted by the reviewer. By keyboard, but to draw and to point; and with what a browser has over plain http.
import { type Browser, expect, type Page, test } from '@playwright/test'
import { seriousProblems } from './axe.ts'
import { imageShown, saved } from './hand.ts'
import { picture } from './pictures.ts'
import { type StoryServer, startServer } from './server.ts'

let server: StoryServer
const problems: string[] = []
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.stop())

test('a task goes back with a pinned comment, and comes again', async ({ page: olga, browser }) => {
  await setUp(olga)
  const [lena, rita] = [await join(browser, olga, 'Lena Labeler', 'labeler'), await join(browser, olga, 'Rita Reviewer', 'reviewer')] // biome-ignore format: two
  let task_id = 0

  await test.step('Lena draws a box, and submits', async () => {
    await lena.goto(`${server.url}/projects/1/label`)
    await lena.getByRole('button', { name: 'Start' }).click()
    task_id = await openTask(lena)
    await expect(lena.getByRole('navigation', { name: 'My next tasks' })).toBeVisible()
    await drawBox(lena, [-120, -60], [-20, 40])
    await saved(lena)
    await lena.keyboard.press('Control+Enter')
    await expect.poll(() => openTask(lena)).not.toBe(task_id)
    await lena.keyboard.press('Shift+Q')
  })

  await test.step('Rita points at the box and comments; the rejection says what the comments say', async () => {
    await rita.goto(`${server.url}/projects/1/review?task=${task_id}`)
    await expect(rita.getByRole('button', { name: 'Approve' })).toBeEnabled()
    await pointAt(rita, [-70, -10])
    await rita.keyboard.press('Shift+C')
    await expect(rita.getByRole('textbox', { name: 'What should be said here?' })).toBeFocused()
    await rita.keyboard.type('This box is **too large**. <b>Draw it tighter</b>, please.')
    await rita.keyboard.press('Control+Enter')
    await expect(rita.getByRole('button', { name: /^Comment 1 by Rita Reviewer/ })).toBeVisible()
    await expect(rita.getByRole('application')).toBeFocused()
    await pointAt(rita, [150, 90])
    await rita.keyboard.press('Shift+C')
    await expect(rita.getByRole('textbox', { name: 'What should be said here?' })).toBeFocused()
    await rita.keyboard.type('Is there something here? Oops')
    // In a text it takes a word back; only elsewhere it rejects.
    await rita.keyboard.press('Control+Backspace')
    await expect(rita.getByRole('textbox', { name: 'What should be said here?' })).toHaveValue(/here\? $/)
    await rita.keyboard.press('Control+Enter')
    await expect(rita.getByRole('tab', { name: 'Comments 2' })).toBeVisible()
    expect(await seriousProblems(rita)).toEqual([])
    await rita.keyboard.press('Control+Backspace')
    await expect(rita.getByLabel('What should be changed')).toHaveValue(
      /^1\. This box is \*\*too large\*\*.*\n2\. Is there/,
    )
    await expect(rita.getByLabel('What should be changed')).toBeFocused()
    await rita.keyboard.press('Control+End')
    await rita.keyboard.type(' Oops')
    await rita.keyboard.press('Control+Backspace')
    await expect(rita.getByLabel('What should be changed')).toHaveValue(/here\? $/)
    await rita.keyboard.press('Control+Enter')
    await expect.poll(async () => (await read(rita, task_id)).task.is_returned).toBe(true)
  })

  await test.step('Lena gets it back first, sees the comments where they belong, and answers', async () => {
    await lena.getByRole('button', { name: /Start|Continue/ }).click()
    await expect.poll(() => openTask(lena)).toBe(task_id)
    await expect(lena.getByText('Returned by Rita Reviewer')).toBeVisible()
    const pin = lena.getByRole('button', { name: /^Comment 1 by Rita Reviewer/ })
    await pin.hover()
    // As it was written: no bold, no markup.
    await expect(pin.getByText('<b>Draw it tighter</b>')).toBeVisible()
    await lena.keyboard.press('Shift+N')
    await expect(lena.getByRole('listitem').filter({ hasText: 'too large' }).first()).toBeVisible()
    await lena.keyboard.press('Shift+A')
    await expect(lena.getByRole('list', { name: 'Comments' }).getByRole('textbox')).toBeFocused()
    await lena.keyboard.type('Done.')
    await lena.keyboard.press('Control+Enter')
    await expect(lena.getByText('Done.')).toBeVisible()
    await expect(lena.getByRole('list', { name: 'Comments' }).getByRole('textbox')).toHaveCount(0)
    await picture(lena, 'comments')
  })

  await test.step('she draws it anew, resolves both, and submits', async () => {
    await lena.keyboard.press('Shift+R')
    await expect(lena.getByRole('tab', { name: 'Comments 1' })).toBeVisible()
    await lena.keyboard.press('Shift+R')
    await expect(lena.getByRole('tab', { name: 'Comments 0' })).toBeVisible()
    await lena.keyboard.press('v')
    await lena.keyboard.press('Control+a')
    await lena.keyboard.press('Delete')
    await drawBox(lena, [-110, -50], [-40, 20])
    await drawBox(lena, [120, 60], [190, 120])
    await saved(lena)
    await lena.keyboard.press('Control+Enter')
    await expect.poll(() => openTask(lena)).not.toBe(task_id)
  })

  await test.step('Rita compares with what was submitted before, and approves', async () => {
    await rita.goto(`${server.url}/projects/1/review?task=${task_id}`)
    await expect(rita.getByRole('button', { name: 'Approve' })).toBeEnabled()
    await rita.keyboard.press('Shift+D')
    await expect(rita.getByRole('button', { name: '2 added' })).toBeVisible()
    await expect(rita.getByRole('button', { name: '1 removed' })).toBeVisible()
    await expect(rita.getByRole('button', { name: '0 changed' })).toBeDisabled()
    await rita.keyboard.press('Shift+N')
    await expect(rita.getByText(/^1 of 3/)).toBeVisible()
    // What she changes herself is a difference too.
    await rita.getByLabel('Compare with', { exact: true }).selectOption({ index: 0 })
    await expect(rita.getByText('Nothing differs')).toBeVisible()
    await pointAt(rita, [155, 90])
    await rita.mouse.down()
    await rita.mouse.up()
    await rita.keyboard.press('Shift+ArrowRight')
    await expect(rita.getByRole('button', { name: '1 changed' })).toBeVisible()
    await rita.getByLabel('Compare with', { exact: true }).selectOption({ index: 1 })
    await expect(rita.getByRole('button', { name: '1 removed' })).toBeVisible()
    await rita.keyboard.press('Shift+N')
    await picture(rita, 'compare')
    expect(await seriousProblems(rita)).toEqual([])
    await rita.emulateMedia({ colorScheme: 'dark' })
    expect(await seriousProblems(rita, ['color-contrast'])).toEqual([])
    await rita.keyboard.press('Control+Enter')
    await expect.poll(async () => (await read(rita, task_id)).task.completed_at).not.toBeNull()
    const { objects } = (await read(rita, task_id)).document
    expect(objects.map((o) => o.edited_by_id ?? null).filter((id) => id !== null)).toHaveLength(1)
  })

  expect(problems).toEqual([])
})

async function setUp(page: Page): Promise<void> {
  const token = server.set_up_link.split('/').at(-1)
  const account = { name: 'Olga Owner', email: 'olga@example.org', password: 'a long password' }
  const made = await page.request.post(`${server.url}/api/set-up`, { data: { token, organization_name: 'Street Lab', ...account } }) // biome-ignore format: one line
  const { organizations } = await made.json()
  const sample = await page.request.post(`${server.url}/api/organizations/${organizations[0].id}/sample-project`, {
    data: {},
    timeout: 60_000,
  })
  expect(sample.ok()).toBe(true)
}

/** Browsers have these only on https and localhost. */
const NOT_OVER_HTTP = ['Crypto.prototype.randomUUID', 'Navigator.prototype.locks', 'Navigator.prototype.clipboard']

async function join(browser: Browser, owner: Page, name: string, project_role: 'labeler' | 'reviewer'): Promise<Page> {
  const made = await owner.request.post(`${server.url}/api/projects/1/invitations`, { data: { project_role } })
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.addInitScript({ content: NOT_OVER_HTTP.map((what) => `delete ${what}`).join('\n') })
  page.on('console', (message) => message.type() === 'error' && problems.push(`${page.url()}: ${message.text()}`))
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`))
  await page.goto((await made.json()).link)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail').fill(`${project_role}@example.org`)
  await page.getByRole('textbox', { name: 'Password' }).fill('another long password')
  await page.getByRole('button', { name: 'Create the account and join' }).click()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  return page
}

/** The task that is open, by the address. */
async function openTask(page: Page): Promise<number> {
  await page.waitForURL(/[?&]task=\d+/)
  return Number(new URL(page.url()).searchParams.get('task'))
}

type Read = {
  task: { is_returned: boolean; completed_at: string | null }
  document: { objects: { edited_by_id?: number | null }[] }
}
async function read(page: Page, task_id: number): Promise<Read> {
  return (await page.request.get(`${server.url}/api/projects/1/tasks/${task_id}`)).json()
}

/** From the middle of the canvas, CSS pixels. */
type Offset = readonly [number, number]

async function pointAt(page: Page, [dx, dy]: Offset): Promise<void> {
  await imageShown(page)
  const box = await page.getByRole('application').boundingBox()
  if (!box) throw new Error('no canvas')
  await page.mouse.move(box.x + box.width / 2 + dx, box.y + box.height / 2 + dy)
}

async function drawBox(page: Page, from: Offset, to: Offset): Promise<void> {
  await page.keyboard.press('b')
  await pointAt(page, from)
  await page.mouse.down()
  await pointAt(page, to)
  await page.mouse.up()
}
