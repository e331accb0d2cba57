// Pictures for the guide: PIXLHUB_PICTURES=docs/images npm run test:e2e writes them; other runs only look.
import type { Page } from '@playwright/test'

const folder = process.env.PIXLHUB_PICTURES
export const takesPictures = folder !== undefined

export async function picture(page: Page, name: string): Promise<void> {
  if (!folder) return
  // Toasts and hover cards come and go; a picture is taken when the page is at rest.
  await page.waitForTimeout(500)
  await page.screenshot({ path: `${folder}/${name}.png` })
}
