// Lists that grow for as long as somebody asks for more: the audit log, an operation opened up in it, and an operation's
// results keep on the page only what is near. And the log announces new entries only if there are any.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { seriousProblems } from './axe.ts'
import { signIn } from './client.ts'
import type { SeededFolder } from './seed-many.ts'
import { type StoryServer, startServer } from './server.ts'

const SEED = fileURLToPath(new URL('./seed-many.ts', import.meta.url))
const TASKS = 3000
/** Some ninety entries are near at once, of some twenty-five elements each. */
const MOST_ELEMENTS = 3500

let server: StoryServer
let seeded: SeededFolder
test.beforeAll(async () => {
  test.setTimeout(300_000)
  server = await startServer({}, async (data_dir) => {
    const { stdout } = await promisify(execFile)(process.execPath, [SEED, data_dir, String(TASKS)])
    seeded = JSON.parse(stdout) as SeededFolder
  })
})
test.afterAll(() => server?.stop())

test('long lists stay light', async ({ page }) => {
  const project = `/projects/${seeded.project_id}`
  const news = page.getByRole('button', { name: 'Show new entries' })
  await page.goto(server.url)
  await signIn(page, seeded)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()

  await test.step('what changed a moment before the log was read is no news', async () => {
    await run(page, project, 'set-priority', { priority: 7 })
    await page.goto(`${server.url}${project}/audit`)
    await expect(page.getByRole('link', { name: /^Open the operation Set priority/ })).toBeVisible()
    // The server tells a page that begins to listen what changed in the last seconds.
    await page.waitForTimeout(3000)
    await expect(news).toHaveCount(0)
  })

  await test.step('the log', async () => {
    await more(page.getByRole('button', { name: 'Show more', exact: true }), 10)
    expect(await elements(page)).toBeLessThan(MOST_ELEMENTS)
  })

  await test.step('a new entry is announced, and shown when asked for', async () => {
    await run(page, project, 'set-priority', { priority: 8 })
    await news.click()
    await expect(page.getByRole('link', { name: /^Open the operation Set priority/ })).toHaveCount(2)
    await expect(news).toHaveCount(0)
  })

  await test.step('an operation opened up', async () => {
    await page
      .getByRole('button', { name: /tasks changed by Set priority/ })
      .first()
      .click()
    await more(page.getByRole('button', { name: 'Show more tasks' }), 20)
    expect(await elements(page)).toBeLessThan(MOST_ELEMENTS)
    expect(await seriousProblems(page)).toEqual([])
  })

  await test.step('the results of an operation', async () => {
    await page.goto(`${server.url}${project}/operations`)
    const result = page.getByRole('button', { name: /^Set priority #/ }).first()
    await result.click()
    const drawer = page.getByRole('dialog')
    await more(drawer.getByRole('button', { name: 'Show more', exact: true }), 5)
    expect(await elements(page)).toBeLessThan(MOST_ELEMENTS)
    expect(await seriousProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(result).toBeFocused()
  })

  await test.step('a dialog gives the focus back to the button that opened it', async () => {
    await page.goto(`${server.url}${project}/tasks`)
    await page.getByRole('grid').first().focus()
    await page.keyboard.press('Control+a')
    const bar = page.getByRole('toolbar', { name: 'Selected tasks' })
    for (const name of ['Change status', 'More']) {
      const button = bar.getByRole('button', { name })
      await button.press('Enter')
      if (name === 'More') await page.getByRole('menuitem', { name: 'Set priority…' }).press('Enter')
      await expect(page.getByRole('dialog').locator(':focus')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await expect(button).toBeFocused()
    }
  })

  await test.step('what is wrong with a choice is not said in a region that is busy', async () => {
    await page.getByRole('toolbar', { name: 'Selected tasks' }).getByRole('button', { name: 'Assign' }).click()
    const preview = page.getByRole('region', { name: 'What will happen' })
    await expect(preview).toHaveText('Choose a person.')
    await expect(preview).toHaveAttribute('aria-busy', 'false')
  })
})

/** Presses a button that reads on, each time when the last answer is here. */
async function more(button: Locator, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    const answer = button.page().waitForResponse((reply) => /cursor=/.test(reply.url()))
    await button.click()
    await answer
    await expect(button).not.toHaveAttribute('data-loading')
  }
}

const elements = (page: Page): Promise<number> => page.locator('*').count()

/** Changes every task, with the page's own session, and waits until it is done. */
async function run(page: Page, project: string, name: string, params: object): Promise<void> {
  const url = `${server.url}/api${project}/operations`
  const headers = { origin: server.url }
  const data = {
    name,
    params,
    selection: { filter: { conditions: [] }, all: true },
    key: `${name} ${JSON.stringify(params)}`,
  }
  const { id } = await (await page.request.post(url, { headers, data })).json()
  await expect.poll(async () => (await (await page.request.get(`${url}/${id}`)).json()).state).toBe('done')
}
