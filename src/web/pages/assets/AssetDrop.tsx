// Drop anywhere on the page. The layer shows itself only while files are dragged over the window.
import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.css'
import { Text, Title } from '@mantine/core'
import { IconPhotoPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './assets.module.css'

export default function AssetDrop({ projectName, onDrop }: { projectName: string; onDrop: (files: File[]) => void }) {
  const { t } = useTranslation()
  return (
    <Dropzone.FullScreen active withinPortal={false} onDrop={onDrop} inputProps={{ 'aria-label': t('assets.add') }}>
      <div className={classes.drop}>
        <IconPhotoPlus size={40} stroke={1.3} />
        <Title order={2}>{t('assets.drop_here', { project: projectName })}</Title>
        <Text c="dimmed">{t('assets.drop_text')}</Text>
      </div>
    </Dropzone.FullScreen>
  )
}
