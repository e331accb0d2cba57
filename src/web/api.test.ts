import { MutationObserver, onlineManager } from '@tanstack/react-query'
import { afterEach, expect, test } from 'vitest'
import { queryClient } from './api.ts'

afterEach(() => onlineManager.setOnline(true))

test('without a connection an act is tried at once and not kept for later', async () => {
  onlineManager.setOnline(false)
  let tries = 0
  const act = new MutationObserver(queryClient, {
    mutationFn: async () => {
      tries++
      throw new Error('no connection')
    },
  })
  void act.mutate().catch(() => {})
  await expect.poll(() => act.getCurrentResult().status).toBe('error')
  onlineManager.setOnline(true)
  await queryClient.resumePausedMutations()
  expect(tries).toBe(1)
})
