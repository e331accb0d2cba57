// server/: what runs on Node. This file: every setting, parsed once.
import { isIP } from 'node:net'
import { resolve } from 'node:path'

export type Config = {
  data_dir: string
  /** PostgreSQL to use; null means the embedded database in the data folder. */
  database_url: string | null
  host: string
  port: number
  /** Base of links that are shown to people, e.g. in invitations. */
  public_url: string
  log_level: string
  /** Daily copies of the embedded database that are kept; 0 makes none. */
  backups: number
  /**
   * Reverse proxies whose X-Forwarded-For is believed, so that sign-in limits count real addresses. What stands in it
   * before the first address that is none of these was written by the caller.
   */
  trust_proxy: string[] | false
  limits: Limits
  index: IndexLimits
}

/** Of the column index, docs/decisions/0009. */
export type IndexLimits = {
  /** Projects with fewer tasks are read by SQL. */
  from: number
  /** Tasks that are held in memory altogether, about 150 bytes each. */
  rows: number
  /** Tasks that one statement reads while loading. */
  step: number
}

export type Limits = {
  /** One uploaded file or zip. 2 GiB. */
  upload_bytes: number
  /** One image file, also inside a zip. 200 MiB. */
  image_bytes: number
  /** Width × height. 268 megapixels is sharp's own default against decompression bombs. */
  image_pixels: number
  /** Files in one zip. */
  zip_entries: number
  /** Unpacked bytes of one zip. 20 GiB. */
  zip_unpacked_bytes: number
  /** One annotation file. 200 MiB. */
  annotation_bytes: number
  /** Up to this many tasks an operation runs at once, in one transaction. */
  small_operation: number
  /** Tasks that a step of a large operation changes. Embedded there is one connection, so a step is everyone's wait. */
  step: number
  /** Bytes of a JSON request body. 32 MiB holds 20,000 objects. */
  body_bytes: number
}

const MIB = 1024 * 1024

/** Reads the environment. @throws Error with a sentence that names the variable */
export function readConfig(env: Record<string, string | undefined>): Config {
  const port = integer(env, 'PORT', 8080)
  return {
    data_dir: resolve(env.PIXLHUB_DATA ?? './data'),
    database_url: env.DATABASE_URL ? postgresUrl(env.DATABASE_URL) : null,
    host: env.HOST ?? '127.0.0.1',
    port,
    public_url: (env.PIXLHUB_URL ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    log_level: env.LOG_LEVEL ?? 'warn',
    backups: integer(env, 'PIXLHUB_BACKUPS', 3),
    trust_proxy: proxies(env.PIXLHUB_TRUST_PROXY ?? ''),
    limits: {
      upload_bytes: integer(env, 'PIXLHUB_UPLOAD_MIB', 2048) * MIB,
      image_bytes: 200 * MIB,
      image_pixels: integer(env, 'PIXLHUB_IMAGE_MEGAPIXELS', 268) * 1_000_000,
      zip_entries: 200_000,
      zip_unpacked_bytes: 20 * 1024 * MIB,
      annotation_bytes: 200 * MIB,
      small_operation: integer(env, 'PIXLHUB_SMALL_OPERATION', 1000),
      step: integer(env, 'PIXLHUB_STEP', 10_000),
      body_bytes: 32 * MIB,
    },
    index: {
      from: integer(env, 'PIXLHUB_INDEX_FROM', 2000),
      rows: integer(env, 'PIXLHUB_INDEX_ROWS', 5_000_000),
      // The embedded database takes its statements in turn: while others are slow for want of the index, it gets one after each.
      step: env.DATABASE_URL ? 10_000 : 20_000,
    },
  }
}

/** Names of ranges that the server knows: of this machine, of a link, of private networks. */
const NAMED_RANGES = ['loopback', 'linklocal', 'uniquelocal']

/** `true`, or addresses, ranges (10.0.0.0/8) and names of ranges with commas between. */
function proxies(text: string): string[] | false {
  if (text === '' || text === 'false') return false
  if (text === 'true') return ['loopback', 'uniquelocal']
  const list = text.split(',').map((part) => part.trim())
  const wrong = list.find((part) => !NAMED_RANGES.includes(part) && !isRange(part))
  if (wrong !== undefined)
    throw new Error(`PIXLHUB_TRUST_PROXY must be true, or addresses of proxies with commas between, not “${wrong}”.`)
  return list
}

function isRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  if (most < 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most)
}

function integer(env: Record<string, string | undefined>, name: string, fallback: number): number {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number, not “${text}”.`)
  return value
}

function postgresUrl(text: string): string {
  if (!/^postgres(ql)?:\/\//.test(text)) throw new Error('DATABASE_URL must begin with postgres://')
  return text
}
