// A hundred thousand tasks, as a manager meets them: filter, select all but two, change status with all four cleanups,
// watch it, stop it half-way, undo what was done. What the page says is compared with what the API says.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect as expectSoon, type Locator, type Page, type Route, test } from '@playwright/test'
import { seriousProblems } from './axe.ts'
import { signIn } from './client.ts'
import { picture } from './pictures.ts'
import type { SeededFolder } from './seed-many.ts'
import { type StoryServer, startServer } from './server.ts'

const SEED = fileURLToPath(new URL('./seed-many.ts', import.meta.url))
const TASKS = 100_000
const PREPARE = 1
const LABEL = 2
const GREY =
  '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="64"><rect width="96" height="64" fill="#c8cdd6"/></svg>'

/** A small machine that seeds and changes a hundred thousand tasks has little left for its browser. */
const expect = expectSoon.configure({ timeout: 180_000 })
test.use({ actionTimeout: 60_000 })

let server: StoryServer
let seeded: SeededFolder
test.beforeAll(async () => {
  test.setTimeout(600_000)
  // Small steps, so that there is time to press Cancel on a quick machine.
  server = await startServer({ PIXLHUB_STEP: '200' }, async (data_dir) => {
    const { stdout } = await promisify(execFile)(process.execPath, [SEED, data_dir, String(TASKS)])
    seeded = JSON.parse(stdout) as SeededFolder
  })
})
test.afterAll(() => server?.stop())

test('a hundred thousand tasks: changed, stopped half-way, undone', async ({ page }) => {
  test.setTimeout(900_000)
  const problems: string[] = []
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  page.on('pageerror', (error) => problems.push(error.message))
  // The seeded tasks are rows without files.
  await page.route(/\/assets\/\d+\/thumbnail/, (route) => route.fulfill({ contentType: 'image/svg+xml', body: GREY }))
  const project = `/projects/${seeded.project_id}`

  await test.step('sign in, and see them all', async () => {
    await page.goto(server.url)
    await signIn(page, seeded)
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    await page.goto(`${server.url}${project}/tasks`)
    const { total } = await api(page, `${project}/tasks/count`)
    expect(total).toBeGreaterThan(TASKS * 0.99)
    await expect(page.getByText(`${number(total)} tasks`, { exact: true })).toBeVisible()
    await expect(page.getByRole('gridcell').first()).toBeVisible()
    expect(await seriousProblems(page)).toEqual([])
  })

  await test.step('a row that is not here yet takes the keyboard when it is pressed', async () => {
    const grid = page.getByRole('grid').first()
    const held: Route[] = []
    const rows = /\/tasks\?.*offset=/
    await page.route(rows, (route) => void held.push(route))
    await grid.evaluate((e) => e.scrollTo({ top: e.scrollHeight / 2 }))
    const row = grid.locator('[role=row][aria-busy]').nth(5)
    const at = Number(await row.getAttribute('aria-rowindex'))
    expect(at).toBeGreaterThan(1000)
    await row.getByRole('gridcell').nth(4).click()
    await page.unroute(rows)
    for (const route of held) await route.continue()
    await page.keyboard.press('ArrowDown')
    await expect(grid.locator('[role=row]:focus-within')).toHaveAttribute('aria-rowindex', String(at + 1))
    await page.keyboard.press('Home')
    await expect(grid.locator('[role=row]:focus-within')).toHaveAttribute('aria-rowindex', '2')
  })

  const before = await summaryOf(page, project)
  const inLabel = stageTotal(before, LABEL)
  const chosen = inLabel - 2

  await test.step('filter: what waits in Label', async () => {
    await page.getByRole('button', { name: /^Label\s*[\d,]+$/ }).click()
    await expect(page.getByText(`${number(inLabel)} tasks match`)).toBeVisible()
  })

  const kept: string[] = []
  await test.step('select all but two', async () => {
    await page.getByRole('grid').first().focus()
    await page.keyboard.press('Control+a')
    await expect(bar(page).getByText(`${number(inLabel)} selected`)).toBeVisible()
    for (const left of [inLabel - 1, chosen]) {
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Space')
      await expect(bar(page).getByText(`${number(left)} selected`)).toBeVisible()
    }
    const out = page.getByRole('grid').first().locator('[role=row][aria-selected=false]')
    await expect(out).toHaveCount(2)
    for (const box of await out.getByRole('checkbox').all()) kept.push((await box.getAttribute('aria-label')) as string)
    expect(await seriousProblems(page)).toEqual([])
    await picture(page, 'many-selected')
  })

  const dialog = page.getByRole('dialog')
  await test.step('change status to Prepare with all four cleanups', async () => {
    await bar(page).getByRole('button', { name: 'Change status' }).click()
    await dialog.getByRole('group', { name: 'Move to' }).getByText('Prepare', { exact: true }).click()
    await dialog.getByText('Fresh start').click()
    const confirm = dialog.getByLabel(/^Type [\d,]+/)
    await expect(confirm).toBeVisible()
    const act = dialog.getByRole('button', { name: `Move ${number(chosen)} tasks` })
    await expect(act).toBeDisabled()
    const label = (await dialog.locator('label', { hasText: /^Type [\d,]+/ }).textContent()) as string
    await confirm.fill((/[\d,]+/.exec(label) as RegExpExecArray)[0])
    await expect(act).toBeEnabled()
    expect(await seriousProblems(page)).toEqual([])
    await picture(page, 'many-confirmed')
    await act.click()
    await expect(dialog).toHaveCount(0)
  })

  await test.step('watch it, and stop it half-way', async () => {
    const progress = page.getByRole('progressbar', { name: 'Change status' })
    await expect(progress).toBeVisible()
    await expect
      .poll(async () => Number(await progress.getAttribute('aria-valuenow')), { intervals: [50], timeout: 180_000 })
      .toBeGreaterThan(0)
    await picture(page, 'many-running')
    await toast(page).getByRole('button', { name: 'Cancel' }).click()
    await expect(toast(page).getByText(/^Cancelled · [\d,]+ tasks? changed/)).toBeVisible()
  })

  const [change] = await api(page, `${project}/operations`)
  await test.step('what was done is done, the rest is as it was, and the page says so', async () => {
    expect(change).toMatchObject({ name: 'change-status', state: 'cancelled', total: chosen, unchanged: 0, refused: 0 })
    expect(change.applied).toBeGreaterThan(0)
    expect(change.applied).toBeLessThan(chosen)
    await expect(toast(page).getByText(`${number(change.applied)} tasks changed`)).toBeVisible()
    const now = await summaryOf(page, project)
    expect(stageTotal(now, LABEL)).toBe(inLabel - change.applied)
    expect(stageTotal(now, PREPARE)).toBe(stageTotal(before, PREPARE) + change.applied)
    expect(now.total).toBe(before.total)
    await expect(page.getByText(`${number(inLabel - change.applied)} tasks match`)).toBeVisible()
    for (const stage of now.stages)
      await expect(
        page.getByRole('button', { name: new RegExp(`^${NAMES[stage.stage_id]}\\s*${number(stage.total)}$`) }),
      ).toBeVisible()
    const outcomes = await api(page, `${project}/operations/${change.id}/results?outcome=applied&limit=1`)
    expect(outcomes.results).toHaveLength(1)
  })

  await test.step('undo brings back the part that was done', async () => {
    await toast(page).getByRole('button', { name: 'Undo' }).click()
    await expect
      .poll(async () => (await api(page, `${project}/operations`))[0], { timeout: 300_000 })
      .toMatchObject({ undoes_id: change.id, state: 'done', applied: change.applied, refused: 0 })
    expect(await summaryOf(page, project)).toEqual(before)
    await expect(page.getByText(`${number(inLabel)} tasks match`)).toBeVisible()
    for (const name of kept) await expect(page.getByRole('checkbox', { name, exact: true })).toBeVisible()
  })

  await test.step('both stand in the list of operations', async () => {
    await page.goto(`${server.url}${project}/operations`)
    await expect(
      page.getByRole('row', { name: new RegExp(`Change status #${change.id}.*${number(change.applied)}`) }),
    ).toBeVisible()
    await expect(page.getByText('Undone').first()).toBeVisible()
    expect(await seriousProblems(page)).toEqual([])
    await picture(page, 'many-operations')
  })

  expect(problems).toEqual([])
})

const NAMES: Record<number, string> = { 1: 'Prepare', 2: 'Label', 3: 'Review', 4: 'Completed' }
const number = (n: number) => n.toLocaleString('en-US')
const bar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Selected tasks' })
const toast = (page: Page): Locator =>
  page
    .getByRole('alert')
    .filter({ hasText: /Change status|Undo/ })
    .first()

/** Reads the API with the page's own session. */
async function api(page: Page, path: string) {
  const reply = await page.request.get(`${server.url}/api${path}`)
  expect(reply.ok()).toBe(true)
  return reply.json()
}

type Summary = { total: number; stages: { stage_id: number; total: number }[] }
const stageTotal = (s: Summary, stage_id: number) => s.stages.find((x) => x.stage_id === stage_id)?.total as number

/** The numbers above the table; `duration_ms` per person comes from the ledger, which no cleanup touches. */
const summaryOf = (page: Page, project: string): Promise<Summary> => api(page, `${project}/tasks/summary`)
