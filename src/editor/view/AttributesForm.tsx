// The attributes of the selected objects (or of what was drawn last), and those of the whole image.
import { Stack, Text } from '@mantine/core'
import { useMemo } from 'react'
import type { Attribute, AttributeValues } from '../../model/label-schema.ts'
import { missingAttributes, shownAttributes } from '../../model/required-values.ts'
import { classOf } from '../class-keys.ts'
import { objectsOf } from '../document.ts'
import type { Editor } from '../editor.ts'
import { texts } from '../texts.ts'
import { AttributeField } from './AttributeField.tsx'
import { useEditor } from './use-editor.ts'

/** Renders nothing when nothing is selected. Objects of different classes have no form in common. */
export function AttributesForm({ editor }: { editor: Editor }) {
  const document = useEditor(editor, (s) => s.document)
  const schema = useEditor(editor, (s) => s.schema)
  const selection = useEditor(editor, (s) => s.selection)
  const lastAdded = useEditor(editor, (s) => s.lastAdded)
  const isReadOnly = useEditor(editor, (s) => s.isReadOnly)
  const objects = useMemo(() => {
    const ids = selection.length > 0 ? selection : lastAdded ? [lastAdded] : []
    return objectsOf(document, ids)
  }, [document, selection, lastAdded])

  const [first] = objects
  const labelClass = first ? classOf(schema, first.class_id) : null
  if (!first || !labelClass || objects.some((o) => o.class_id !== labelClass.id)) return null
  const title = objects.length > 1 ? `${labelClass.name} · ${texts.attributes.ofMany(objects.length)}` : labelClass.name
  return (
    <Fields
      // Another object is another form: half-typed text must not move over.
      key={objects.length > 1 ? 'many' : first.id}
      title={title}
      attributes={labelClass.attributes}
      values={first.attributes}
      mixed={new Set(labelClass.attributes.filter((a) => isMixed(objects, a.id)).map((a) => a.id))}
      isReadOnly={isReadOnly}
      onChange={editor.setAttribute}
      onDone={editor.seal}
    />
  )
}

/** Renders nothing when the project has no global attributes. */
export function GlobalAttributesForm({ editor }: { editor: Editor }) {
  const values = useEditor(editor, (s) => s.document.global_attributes)
  const attributes = useEditor(editor, (s) => s.schema.global_attributes)
  const isReadOnly = useEditor(editor, (s) => s.isReadOnly)
  if (!attributes.some((a) => !a.is_removed)) return null
  return (
    <Fields
      title={texts.attributes.ofImage}
      attributes={attributes}
      values={values}
      isReadOnly={isReadOnly}
      onChange={editor.setGlobalAttribute}
      onDone={editor.seal}
    />
  )
}

const isMixed = (objects: readonly { attributes: AttributeValues }[], id: number): boolean =>
  objects.some((o) => JSON.stringify(o.attributes[id]) !== JSON.stringify(objects[0]?.attributes[id]))

type FieldsProps = {
  title: string
  attributes: readonly Attribute[]
  values: Readonly<AttributeValues>
  mixed?: ReadonlySet<number>
  isReadOnly: boolean
  onChange: (attributeId: number, value: AttributeValues[string] | undefined) => unknown
  onDone: () => void
}

function Fields({ title, attributes, values, mixed, isReadOnly, onChange, onDone }: FieldsProps) {
  const missing = new Set(missingAttributes(attributes, values).map((a) => a.id))
  const shown = shownAttributes(attributes, values)
  return (
    <Stack gap={10} component="section" aria-label={title}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {shown.length === 0 && (
        <Text size="sm" c="dimmed">
          {texts.attributes.none}
        </Text>
      )}
      {shown.map((a) => (
        <AttributeField
          key={a.id}
          attribute={a}
          value={mixed?.has(a.id) ? undefined : values[a.id]}
          isMixed={mixed?.has(a.id) ?? false}
          isMissing={missing.has(a.id)}
          isReadOnly={isReadOnly}
          onChange={(value) => onChange(a.id, value)}
          onDone={onDone}
        />
      ))}
    </Stack>
  )
}
