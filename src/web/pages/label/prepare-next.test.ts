import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { preparePicture } from '../../../editor/view/ready-pictures.ts'
import { api } from '../../api.ts'
import type { HeldTask } from './held-task.ts'
import { prepareUpcoming } from './prepare-next.ts'

vi.mock('../../../editor/view/ready-pictures.ts', () => ({ preparePicture: vi.fn() }))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('whoever takes half a second per image finds the next one loaded; what is not open any more is not gone on from', async () => {
  const asked = vi.spyOn(api, 'get_upcoming').mockImplementation(async () => ({ asset_ids: [7, 8] }))
  const task = () => ({ holder: { project_id: 1, task_id: 5 }, isReview: false }) as HeldTask
  let held: HeldTask | null = null
  const work = { held: () => held }
  for (const ms of [500, 500, 100]) {
    held = task()
    prepareUpcoming(work)
    await vi.advanceTimersByTimeAsync(ms)
  }
  held = null
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked).toHaveBeenCalledTimes(2)
  expect(vi.mocked(preparePicture).mock.calls.map(([url]) => url)).toHaveLength(4)
})
