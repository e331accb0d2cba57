// What is left of an upload that ends before its end. Sending itself is shown in e2e/.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiError } from '../../contract/client.ts'
import { api } from '../api.ts'
import { mayEndSession } from '../before-sign-out.ts'
import { offlineError } from '../offline.ts'
import { personGone } from '../person-here.ts'
import { cancelUpload, forgetUpload, repeatUpload, startUpload } from './run-upload.ts'
import { sendFile } from './send-file.ts'
import { clearUploads, isRunning, type Upload, uploadById } from './upload-store.ts'

vi.mock('./send-file.ts', () => ({ sendFile: vi.fn() }))

const SIGNED_OUT = new ApiError(401, { code: 'not_signed_in' })
const window = { addEventListener() {}, removeEventListener() {}, confirm: () => true }

/** Like startUpload, whose state is found by its id: they count up. */
let last = 0
function start(names: readonly string[]): void {
  const files = names.map((name) => ({ file: new File([name], name), path: name }))
  startUpload({ project_id: 1, project_name: 'Cats', batch_name: null, priority: 0, files })
  last += 1
}
const upload = () => uploadById(last) as Upload
const ended = () => vi.waitUntil(() => !isRunning(upload()))
const left = () => upload().remaining.map((f) => f.path)
const names = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `${from + i}.jpg`)
/** Each file goes in, but for those that `fails` has an answer for. */
function sending(fails: (name: string) => Error | undefined): void {
  vi.mocked(sendFile).mockImplementation(async ({ name }, _file, signal) => {
    await Promise.resolve()
    signal.throwIfAborted()
    const error = fails(name)
    if (error) throw error
    return { items: [{ name, outcome: 'created', reason: null }] } as never
  })
}

beforeEach(() => {
  vi.restoreAllMocks()
  vi.stubGlobal('window', window)
  vi.spyOn(api, 'find_known_assets').mockResolvedValue({ known: [] })
  vi.spyOn(api, 'create_import').mockResolvedValue({ id: 9 } as never)
  vi.spyOn(api, 'finish_import').mockResolvedValue({} as never)
  vi.spyOn(api, 'cancel_import').mockResolvedValue({} as never)
  sending(() => undefined)
})

test('all in: nothing is left, the import is finished', async () => {
  start(names(0, 5))
  await ended()
  expect(upload()).toMatchObject({ phase: 'done', remaining: [], counts: { created: 5 } })
  expect(api.finish_import).toHaveBeenCalledOnce()
})

test('what waits for a connection does not go in for another person', async () => {
  sending(() => offlineError())
  start(['a.jpg'])
  await vi.waitUntil(() => vi.mocked(sendFile).mock.calls.length === 1)
  personGone()
  await vi.waitUntil(() => vi.mocked(sendFile).mock.calls[0]?.[2].aborted)
  expect(upload()).toBeUndefined()
})

describe('a session that ends in the middle', () => {
  test('leaves everything without an outcome, the file that met it too, and closes the import', async () => {
    sending((name) => (Number.parseInt(name, 10) >= 250 ? SIGNED_OUT : undefined))
    start(names(0, 700))
    await ended()
    expect(upload()).toMatchObject({ phase: 'failed', counts: { created: 250, failed: 0 } })
    expect(left()).toEqual(names(250, 700))
    expect(api.cancel_import).toHaveBeenCalledWith({ project_id: 1, import_id: 9 })
  })

  test('what is left is sent again as an upload of its own', async () => {
    sending((name) => (Number.parseInt(name, 10) >= 3 ? SIGNED_OUT : undefined))
    start(names(0, 5))
    await ended()
    const failed = upload()
    sending(() => undefined)
    repeatUpload(failed)
    last += 1
    await ended()
    expect([uploadById(failed.id), upload().phase, upload().total]).toEqual([undefined, 'done', 2])
  })
})

test.each(['find_known_assets', 'create_import'] as const)('%s that is refused leaves all files', async (name) => {
  vi.spyOn(api, name).mockRejectedValue(SIGNED_OUT)
  start(names(0, 300))
  await ended()
  expect([upload().phase, left()]).toEqual(['failed', names(0, 300)])
})

test('a file that is refused has its outcome; one that failed again and again is left', async () => {
  vi.useFakeTimers()
  const refused = new ApiError(413, { code: 'too_large' })
  sending((name) => (name === '1.jpg' ? refused : name === '2.jpg' ? offlineError() : undefined))
  start(names(0, 4))
  await vi.waitUntil(() => upload().finished === 3 || !isRunning(upload()))
  await vi.advanceTimersByTimeAsync(10_000)
  vi.useRealTimers()
  await ended()
  expect(upload()).toMatchObject({ phase: 'done', counts: { created: 2, rejected: 1, failed: 1 } })
  expect(left()).toEqual(['2.jpg'])
})

test('an import that could not be closed for want of a server is closed when the upload is let go', async () => {
  const cancel = vi.spyOn(api, 'cancel_import').mockRejectedValue(offlineError())
  sending(() => SIGNED_OUT)
  start(names(0, 1))
  await ended()
  cancel.mockReset().mockResolvedValue({} as never)
  forgetUpload(upload())
  expect(cancel).toHaveBeenCalledWith({ project_id: 1, import_id: 9 })
})

describe('before the session ends', () => {
  const unanswered = () =>
    vi
      .mocked(sendFile)
      .mockImplementation(
        (_input, _file, signal) =>
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true })),
      )

  test('a running upload is asked about, and stopped while its import can still be closed', async () => {
    unanswered()
    start(names(0, 3))
    await vi.waitUntil(() => vi.mocked(sendFile).mock.calls.length > 0)
    vi.stubGlobal('window', { ...window, confirm: () => false })
    expect([await mayEndSession(), isRunning(upload())]).toEqual([false, true])
    vi.stubGlobal('window', window)
    expect(await mayEndSession()).toBe(true)
    expect(upload().phase).toBe('cancelled')
    expect(api.cancel_import).toHaveBeenCalledOnce()
  })

  test('with none running nobody is asked; what is listed goes', async () => {
    vi.stubGlobal('window', { ...window, confirm: () => { throw new Error('asked') } }) // biome-ignore format: one thought
    start(names(0, 1))
    await ended()
    await vi.waitUntil(async () => await mayEndSession().catch(() => false))
    clearUploads()
    expect(uploadById(last)).toBeUndefined()
  })
})

test('cancelled: what is in stays in, and nothing is said to be left', async () => {
  sending(() => undefined)
  start(names(0, 2000))
  await vi.waitUntil(() => upload().counts.created > 0)
  cancelUpload(last)
  await ended()
  expect(upload()).toMatchObject({ phase: 'cancelled', remaining: [] })
})
