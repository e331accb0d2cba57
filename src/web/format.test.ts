import { describe, expect, it } from 'vitest'
import { formatAge, formatBytes, formatNumber, formatShare } from './format.ts'

describe('numbers and times as people read them', () => {
  const now = Date.parse('2026-11-24T12:00:00.000Z')
  const ago = (seconds: number) => formatAge(new Date(now - seconds * 1000).toISOString(), now)

  it('writes an age in its largest whole unit', () => {
    expect([ago(5), ago(300), ago(3 * 3600), ago(3 * 86_400), ago(100 * 86_400), ago(800 * 86_400)]).toEqual([
      'now',
      '5 min',
      '3 h',
      '3 d',
      '3 mo',
      '2 y',
    ])
  })

  it('never says 0% or 100% of what is only nearly so', () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(formatShare)).toEqual(['0%', '1%', '50%', '99%', '100%'])
  })

  it('separates thousands and scales bytes', () => {
    expect([formatNumber(40_112), formatBytes(812), formatBytes(4_100), formatBytes(1_234_000_000)]).toEqual([
      '40,112',
      '812 B',
      '4.1 KB',
      '1.2 GB',
    ])
  })
})
