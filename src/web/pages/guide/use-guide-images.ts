// Images into the text: picked, dropped or pasted. Each is uploaded, then named where the cursor is.
import { type ClipboardEvent, type DragEvent, type RefObject, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { useProjectId } from '../../session.tsx'
import { notifyFailed } from '../../ui/notify.tsx'
import { insertImage } from './insert-image.ts'

type Options = {
  area: RefObject<HTMLTextAreaElement | null>
  setText: (text: string) => void
  onUploaded: () => Promise<unknown>
}

export function useGuideImages({ area, setText, onUploaded }: Options) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const [uploading, setUploading] = useState(0)
  const [isOver, setOver] = useState(false)

  const insert = (image_id: number, caption: string) => {
    const element = area.current
    if (!element) return
    const { text, at } = insertImage(element.value, element.selectionEnd, image_id, caption)
    // The next image asks for the cursor, so it has to stand behind this one by then.
    flushSync(() => setText(text))
    element.setSelectionRange(at, at)
  }

  const add = async (files: readonly File[]) => {
    setUploading((n) => n + files.length)
    for (const file of files) {
      try {
        const { id } = await api.upload_guide_image({ project_id }, { bytes: file })
        await onUploaded()
        insert(id, captionOf(file.name, t('guide.caption')))
      } catch (error) {
        notifyFailed(error)
      } finally {
        setUploading((n) => n - 1)
      }
    }
  }

  const take = (event: { preventDefault(): void }, data: DataTransfer) => {
    const files = [...data.files].filter((file) => file.type.startsWith('image/'))
    if (files.length === 0) return
    event.preventDefault()
    void add(files)
  }
  return {
    add,
    insert,
    uploading,
    isOver,
    handlers: {
      onPaste: (event: ClipboardEvent) => take(event, event.clipboardData),
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        setOver(false)
        // A file that is no image would be opened instead of this page.
        if (event.dataTransfer.types.includes('Files')) event.preventDefault()
        take(event, event.dataTransfer)
      },
    },
  }
}

/** The file's name without its extension. */
const captionOf = (name: string, fallback: string): string => name.replace(/\.[^.]*$/, '') || fallback
