import { expect, test } from 'vitest'
import { Together } from './together.ts'

/** Answers each question with its text in capitals, when it is let. */
function world(fails: (questions: readonly string[], isAlone: boolean) => boolean = () => false) {
  const asked: { questions: readonly string[]; isAlone: boolean }[] = []
  const release: (() => void)[] = []
  const together = new Together<string, string>(
    async (questions, isAlone) => {
      asked.push({ questions, isAlone })
      await new Promise<void>((resolve) => release.push(resolve))
      if (fails(questions, isAlone)) throw new Error(`${questions} failed`)
      return questions.map((q) => q.toUpperCase())
    },
    (question) => question[0],
  )
  const finish = async () => {
    for (const go of release.splice(0)) go()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { together, asked, finish }
}

test('a lone question goes at once; those that come meanwhile go together, each with its own answer', async () => {
  const { together, asked, finish } = world()
  const answers = ['a', 'b', 'c'].map((q) => together.next(q))
  expect(asked.map((a) => a.questions)).toEqual([['a']])
  await finish()
  expect(asked.map((a) => a.questions)).toEqual([['a'], ['b', 'c']])
  await finish()
  expect(await Promise.all(answers)).toEqual(['A', 'B', 'C'])
  expect(together.isIdle).toBe(true)
})

test('questions with the same key go one after the other, in their order', async () => {
  const { together, asked, finish } = world()
  const answers = ['x', 'a1', 'a2', 'b'].map((q) => together.next(q))
  for (let i = 0; i < 3; i++) await finish()
  expect(asked.map((a) => a.questions)).toEqual([['x'], ['a1', 'b'], ['a2']])
  expect(await Promise.all(answers)).toEqual(['X', 'A1', 'A2', 'B'])
})

test('a batch that fails is asked again one by one: only who is at fault fails, and nobody waits for that', async () => {
  const { together, asked, finish } = world((questions) => questions.includes('bad'))
  const answers = ['x', 'a', 'bad'].map((q) => together.next(q))
  await finish()
  const later = together.next('later')
  await finish()
  const alone = asked.filter((a) => a.isAlone).map((a) => a.questions)
  expect(asked.map((a) => a.questions)).toEqual([['x'], ['a', 'bad'], ['a'], ['bad'], ['later']])
  expect(alone).toEqual([['a'], ['bad']])
  const settled = Promise.allSettled(answers)
  await finish()
  expect((await settled).map((s) => s.status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  expect(await later).toBe('LATER')
})
