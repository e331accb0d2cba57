import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COMPLETED, LABEL, PREPARE, REVIEW, STAGES } from './test-task.ts'
import {
  DEFAULT_STAGES,
  firstOfKind,
  isOffered,
  isSampled,
  labelStageBefore,
  nextStage,
  type Stage,
  type StageKind,
  stageById,
  stagesOfKind,
  workflowProblem,
} from './workflow.ts'

const of = (...kinds: StageKind[]) => kinds.map((kind, i) => ({ kind, name: `Stage ${i}` }))

describe('workflowProblem', () => {
  test('accepts the default, and any mix of label and review that begins with label', () => {
    expect(workflowProblem(DEFAULT_STAGES)).toBeNull()
    fc.assert(
      fc.property(fc.array(fc.constantFrom<StageKind>('label', 'review'), { maxLength: 8 }), (inner) => {
        expect(workflowProblem(of('prepare', 'label', ...inner, 'completed'))).toBeNull()
      }),
    )
  })

  test.each([
    [of('prepare', 'completed'), 'at least one Label'],
    [of('label', 'label', 'completed'), 'first stage'],
    [of('prepare', 'label', 'review'), 'last stage'],
    [of('prepare', 'label', 'prepare', 'completed'), 'only label and review'],
    [of('prepare', 'label', 'completed', 'completed'), 'only label and review'],
    [of('prepare', 'review', 'completed'), 'after Prepare'],
    [[...of('prepare', 'label'), { kind: 'completed' as const, name: ' stage 0 ' }], 'must differ'],
  ])('names what is wrong with %j', (stages, problem) => {
    expect(workflowProblem(stages)).toContain(problem)
  })
})

describe('moves', () => {
  const long: Stage[] = (['prepare', 'label', 'review', 'label', 'review', 'review', 'completed'] as const).map(
    (kind, i) => ({ id: 10 + i, position: i + 1, kind, name: `${kind} ${i}` }),
  )
  const at = (i: number) => long[i] as Stage

  test('the next stage follows in order, and passes over reviews when the task is not reviewed', () => {
    expect(nextStage(STAGES, LABEL, true)).toBe(REVIEW)
    expect(nextStage(STAGES, LABEL, false)).toBe(COMPLETED)
    expect(nextStage(long, at(1), true)).toBe(at(2))
    expect(nextStage(long, at(1), false)).toBe(at(3))
    expect(nextStage(long, at(3), false)).toBe(at(6))
    expect(() => nextStage(STAGES, COMPLETED, true)).toThrow('no stage follows')
  })

  test('a rejected task goes to the nearest label stage before', () => {
    expect(labelStageBefore(STAGES, REVIEW)).toBe(LABEL)
    expect(labelStageBefore(long, at(2))).toBe(at(1))
    expect(labelStageBefore(long, at(5))).toBe(at(3))
    expect(() => labelStageBefore(STAGES, LABEL)).toThrow('no label stage')
  })

  test('stages are found by id and kind', () => {
    expect(stageById(STAGES, 3)).toBe(REVIEW)
    expect(() => stageById(STAGES, 9)).toThrow('not in this workflow')
    expect(stagesOfKind(long, 'review')).toEqual([at(2), at(4), at(5)])
    expect(firstOfKind(long, 'label')).toBe(at(1))
    expect(STAGES.filter(isOffered)).toEqual([LABEL, REVIEW])
    expect(firstOfKind(STAGES, 'prepare')).toBe(PREPARE)
  })
})

describe('isSampled', () => {
  test('takes about the asked share, of ids in a row too, and always the same', () => {
    for (const percent of [1, 10, 25, 50, 90]) {
      const ids = Array.from({ length: 20_000 }, (_, i) => 1_000_000 + i)
      const taken = ids.filter((id) => isSampled(id, percent))
      // Binomial: five standard deviations
      const deviation = 5 * Math.sqrt(20_000 * (percent / 100) * (1 - percent / 100))
      expect(Math.abs(taken.length - 200 * percent)).toBeLessThan(deviation)
      expect(ids.filter((id) => isSampled(id, percent))).toEqual(taken)
    }
  })

  test('0 takes none, 100 all, and a greater percent never drops a task', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        fc.double({ min: 0, max: 99, noNaN: true }),
        (id, p) => {
          expect(isSampled(id, 0)).toBe(false)
          expect(isSampled(id, 100)).toBe(true)
          if (isSampled(id, p)) expect(isSampled(id, p + 1)).toBe(true)
        },
      ),
    )
  })
})
