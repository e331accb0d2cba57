// A schema that is changed while a task is open.
import { describe, expect, it } from 'vitest'
import { ApiError } from '../../../contract/client.ts'
import { offlineError } from '../../offline.ts'
import { firstMissing } from './missing-attributes.ts'
import { desk, LIGHT, schema } from './test-desk.ts'

describe('a schema that is changed under an open task', () => {
  it('takes the values that it no longer knows, as one step, and the rest is saved', async () => {
    const d = desk([5], null, LIGHT)
    await d.work.start()
    d.draw()
    d.editor.setGlobalAttribute(1, false)
    d.schemaBecomes({ global_attributes: [] })
    await d.pass(5000)
    expect(d.work.held()?.saver.state.get().at).toBe('saved')
    expect(d.saved.at(-1)).toMatchObject({ objects: [{ class_id: 1 }], global_attributes: {} })
    expect(d.editor.state()).toMatchObject({ schema: { global_attributes: [] }, document: { global_attributes: {} } })
    expect(d.editor.state().notice?.text).toContain('schema was changed')
    // Undo brings a value back that cannot be saved; it goes again.
    d.editor.undo()
    await d.pass(5000)
    expect(d.work.held()?.saver.state.get().at).toBe('saved')
  })

  it('takes options that are gone and values of another type as well; of several options the others stay', async () => {
    const attribute = (id: number, type: 'radio' | 'multi_select' | 'text', ...options: number[]) => ({
      id,
      name: `attribute ${id}`,
      type,
      is_required: false,
      options: options.map((option) => ({ id: option, name: `option ${option}` })),
      parent: null,
    })
    const d = desk([5], null, [attribute(1, 'radio', 1, 2), attribute(2, 'multi_select', 1, 2), attribute(3, 'text')])
    await d.work.start()
    d.editor.setGlobalAttribute(1, 2)
    d.editor.setGlobalAttribute(2, [1, 2])
    d.editor.setGlobalAttribute(3, 'seven')
    const number = { ...attribute(3, 'text'), type: 'number' as const }
    d.schemaBecomes({ global_attributes: [attribute(1, 'radio', 1), attribute(2, 'multi_select', 1), number] })
    await d.pass(5000)
    expect(d.work.held()?.saver.state.get().at).toBe('saved')
    expect(d.saved.at(-1)?.global_attributes).toEqual({ 2: [1] })
    expect(d.editor.state().document.global_attributes).toEqual({ 2: [1] })
    expect(d.editor.state().notice?.text).toContain('schema was changed')
  })

  it('does not hinder a submit', async () => {
    const d = desk([5, 6], null, LIGHT)
    await d.work.start()
    d.draw()
    d.schemaBecomes({ global_attributes: [] })
    await d.work.submit()
    expect([d.calls.includes('submit'), d.failed]).toEqual([true, []])
    expect(d.saved).toMatchObject([{ objects: [{ class_id: 1 }], global_attributes: {} }])
  })

  it('is taken by the editor too where a submit fails after the save', async () => {
    const d = desk([5, 6], null, LIGHT)
    await d.work.start()
    d.draw()
    d.schemaBecomes({ global_attributes: [] })
    d.failures.set('submit', offlineError())
    await d.work.submit()
    expect(d.saved).toMatchObject([{ objects: [{ class_id: 1 }], global_attributes: {} }])
    expect(d.editor.state()).toMatchObject({ schema: { global_attributes: [] }, document: { global_attributes: {} } })
    d.failures.clear()
    await d.work.submit()
    expect([d.work.held()?.holder.task_id, d.failed.length]).toEqual([6, 1])
  })

  it('asks for more than the page knew: it is there to be given, and nothing else is said', async () => {
    const d = desk([5, 6], null, LIGHT)
    await d.work.start()
    d.draw()
    const size = { id: 2, name: 'Size', type: 'text' as const, is_required: true, options: [], parent: null }
    d.schemaBecomes({ global_attributes: [...LIGHT, size] })
    d.failures.set('submit', new ApiError(409, { code: 'values_missing' }))
    expect(await d.work.submit()).toBe(false)
    const { schema, document } = d.editor.state()
    expect(firstMissing(document, schema)).toMatchObject({ object_id: null, attribute: 'Size' })
    expect([d.failed, d.work.held()?.loss.get()]).toEqual([[], null])
    d.editor.setGlobalAttribute(2, 'large')
    d.failures.clear()
    expect(await d.work.submit()).toBe(true)
    expect(d.saved.at(-1)?.global_attributes).toEqual({ 1: true, 2: 'large' })
  })

  it('leaves an object in the editor whose shape it no longer allows', async () => {
    const d = desk([5])
    await d.work.start()
    d.draw()
    d.schemaBecomes({ classes: schema.classes.map((c) => ({ ...c, geometries: ['polygon'] })) })
    await d.pass(5000)
    expect(d.work.held()?.saver.state.get().at).toBe('refused')
    expect(d.editor.state().document.objects).toHaveLength(1)
    expect(d.editor.state().schema.classes[0]?.geometries).toEqual(['polygon'])
  })

  it('is asked for beside a step, so that the next task does not wait for it', async () => {
    const d = desk([5, 6])
    await d.work.start()
    const before = d.schemaAsks()
    let fail = (_: Error) => {}
    d.failures.set('submit', new Promise((resolve) => (fail = resolve)))
    const submitting = d.work.submit()
    await d.pass(0)
    expect([d.calls.includes('submit'), d.schemaAsks()]).toEqual([true, before + 1])
    fail(offlineError())
    expect(await submitting).toBe(false)
  })
})
