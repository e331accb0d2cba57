// The browser in which pages are measured.
import { type Browser, chromium, type LaunchOptions } from '@playwright/test'

/** Path of the browser. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
export const VIEWPORT = { width: 1920, height: 1080 }
/** The cookie that signs a person in. */
export const SESSION_COOKIE = 'pixlhub_session'
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking']

export const launch = (options: LaunchOptions = {}): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ARGS, ...options })
