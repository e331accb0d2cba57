// Finds Chromium for the browser stories; as root on Debian or Ubuntu it is installed if missing.
import { access } from 'node:fs/promises'
import { run } from './run-command.mjs'

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** @returns {Promise<string>} path of the executable. Ends the process with a sentence if there is none. */
export async function findChromium() {
  const found = await firstOf(PLACES)
  if (found) return found
  if (process.getuid?.() === 0 && (await firstOf(['/usr/bin/apt-get']))) {
    process.stdout.write('Installing Chromium for the browser stories…\n')
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get update -qq', quiet)
    await run('apt-get install -y -qq chromium', quiet)
    const installed = await firstOf(PLACES)
    if (installed) return installed
  }
  process.stderr.write(
    'The browser stories need Chromium. Install it (Debian: apt install chromium, Fedora: dnf install chromium,\nmacOS: Google Chrome) or set CHROMIUM to its path, and run npm test again.\n',
  )
  process.exit(1)
}

async function firstOf(paths) {
  for (const path of paths)
    if (
      path &&
      (await access(path).then(
        () => true,
        () => false,
      ))
    )
      return path
  return null
}
