// Tools, undo and redo, zoom. A tool is offered if some class of the project has its geometry.
import { Group, UnstyledButton } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconMagnet, IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { memo } from 'react'
import { liveClasses } from '../../model/label-schema.ts'
import { SHAPE_TYPES } from '../../model/shapes/index.ts'
import type { Editor } from '../editor.ts'
import type { ToolName } from '../state.ts'
import { texts } from '../texts.ts'
import { assistedTools } from '../workbench.ts'
import { lazyPart } from './lazy-part.tsx'
import { TOOL_ICONS } from './shape-icons.ts'
import { Hinted, ToolButton } from './ToolButton.tsx'
import styles from './toolbar.module.css'
import { keepFocus, useEditor, useEditorCalmly } from './use-editor.ts'
import { ViewMenu, ViewPopover } from './ViewMenu.tsx'

const BrushControls = lazyPart(() => import('./BrushControls.tsx'))
/** What the toolbar may need once there is no connection. */
export const TOOLBAR_PARTS = [BrushControls, ViewPopover, assistedTools]

const ZOOM_STEP = 1.25

export const Toolbar = memo(function Toolbar({ editor }: { editor: Editor }) {
  const schema = useEditor(editor, (s) => s.schema)
  const tool = useEditor(editor, (s) => s.tool)
  const isReadOnly = useEditor(editor, (s) => s.isReadOnly)
  const isSnapping = useEditor(editor, (s) => s.isSnapping)
  // The points of a started shape go one by one.
  const canUndo = useEditor(editor, (s) => s.canUndo || s.draft?.kind === 'path' || s.draft?.kind === 'wire')
  const canRedo = useEditor(editor, (s) => s.canRedo)
  const shapes = SHAPE_TYPES.filter((type) => liveClasses(schema).some((c) => c.geometries.includes(type)))
  const hasPolygon = shapes.includes('polygon')
  const assisted: ToolName[] = hasPolygon
    ? ['smart_box', 'scissors', 'split']
    : shapes.includes('mask')
      ? ['smart_box']
      : []
  const tools: ToolName[] = isReadOnly ? ['select'] : ['select', ...shapes, ...assisted]

  return (
    <Group gap={4} wrap="nowrap" role="toolbar" aria-label={texts.toolbar.label}>
      {tools.map((name) => {
        const Icon = TOOL_ICONS[name]
        const isOn = name === tool
        return (
          <ToolButton key={name} action={`${name}_tool`} isOn={isOn} onClick={() => editor.setTool(name)}>
            <Icon size={18} stroke={1.75} />
          </ToolButton>
        )
      })}
      {tool === 'mask' && <BrushControls editor={editor} />}
      {!isReadOnly && <hr className={styles.divider} aria-orientation="vertical" />}
      {!isReadOnly && (
        <ToolButton action="snap" isOn={isSnapping} onClick={editor.toggleSnapping}>
          <IconMagnet size={18} stroke={1.75} />
        </ToolButton>
      )}
      {!isReadOnly && (
        <ToolButton action="undo" isDisabled={!canUndo} onClick={editor.undo}>
          <IconArrowBackUp size={18} stroke={1.75} />
        </ToolButton>
      )}
      {!isReadOnly && (
        <ToolButton action="redo" isDisabled={!canRedo} onClick={editor.redo}>
          <IconArrowForwardUp size={18} stroke={1.75} />
        </ToolButton>
      )}
      <hr className={styles.divider} aria-orientation="vertical" />
      <ToolButton action="zoom_out" onClick={() => editor.zoomBy(1 / ZOOM_STEP)}>
        <IconMinus size={16} stroke={1.75} />
      </ToolButton>
      <Hinted action="actual_size" position="right">
        <UnstyledButton className={styles.zoom} onMouseDown={keepFocus} onClick={editor.actualSize}>
          <Percent editor={editor} />
        </UnstyledButton>
      </Hinted>
      <ToolButton action="zoom_in" onClick={() => editor.zoomBy(ZOOM_STEP)}>
        <IconPlus size={16} stroke={1.75} />
      </ToolButton>
      <ToolButton action="fit" onClick={editor.fit}>
        <IconMaximize size={17} stroke={1.75} />
      </ToolButton>
      <ViewMenu editor={editor} />
    </Group>
  )
})

/** By itself, and not in every frame of a zoom: nobody reads that quickly. */
function Percent({ editor }: { editor: Editor }) {
  const percent = useEditorCalmly(editor, (s) => Math.round(s.view.scale * 100))
  return <>{percent}%</>
}
