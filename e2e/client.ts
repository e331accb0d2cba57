// The API as a story's own people call it, beside what they do on the page.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { type Client, createClient } from '../src/contract/client.ts'
import type { StoryServer } from './server.ts'

export const PASSWORD = 'a long password'
export const OWNER = { email: 'olga@example.org', password: PASSWORD }

/** Makes the owner's account by the link that the server printed. @returns the API with the page's session, which is theirs now */
export async function becomeOwner(page: Page, server: StoryServer, organization_name: string): Promise<Client> {
  const api = clientOf(page, server)
  const token = server.set_up_link.split('/').at(-1) as string
  await api.set_up({ token, organization_name, name: 'Olga Owner', ...OWNER })
  return api
}

/** Brings images in by one import. @param files their paths by the names that they get */
export async function importImages(
  api: Client,
  project_id: number,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const { id: import_id } = await api.create_import({ project_id, kind: 'images' })
  for (const [name, path] of Object.entries(files))
    await api.upload_file({ project_id, import_id, name }, { bytes: readFileSync(path) })
  await api.finish_import({ project_id, import_id })
}

/** On the sign-in page. */
export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** With the page's own session. */
const clientOf = (page: Page, server: StoryServer): Client =>
  createClient(async (url, { method, headers, body }) => {
    const reply = await page.request.fetch(`${server.url}${url}`, {
      method,
      headers: { origin: server.url, ...headers },
      ...(body === undefined ? {} : { data: body as string | Buffer }),
    })
    return { status: reply.status(), text: () => reply.text() }
  })
