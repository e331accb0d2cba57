// The list: one row per asset with what is known of its file.
import { Anchor, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../../format.ts'
import { useProject } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { StageBadge } from '../../ui/StageBadge.tsx'
import { Thumbnail } from '../../ui/Thumbnail.tsx'
import type { Asset } from './AssetDetails.tsx'
import classes from './assets.module.css'

export function AssetList({ assets, onOpen }: { assets: readonly Asset[]; onOpen: (asset: Asset) => void }) {
  const { t } = useTranslation()
  const { id, stages } = useProject()
  return (
    <Table highlightOnHover verticalSpacing={4} layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={64}>{t('assets.image')}</Table.Th>
          <Table.Th>{t('field.name')}</Table.Th>
          <Table.Th>{t('assets.folder')}</Table.Th>
          <Table.Th w={140}>{t('overview.stage')}</Table.Th>
          <Table.Th w={120} ta="right">
            {t('assets.size')}
          </Table.Th>
          <Table.Th w={90} ta="right">
            {t('assets.bytes')}
          </Table.Th>
          <Table.Th w={110}>{t('assets.type')}</Table.Th>
          <Table.Th w={90}>{t('field.created')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {assets.map((asset) => {
          const stage = stages.find((s) => s.id === asset.stage_id)
          return (
            <Table.Tr key={asset.id} className={classes.row}>
              <Table.Td>
                <Thumbnail className={classes.small} project_id={id} asset_id={asset.id} name="" />
              </Table.Td>
              <Table.Td className={classes.ellipsis}>
                <Anchor component="button" type="button" c="var(--mantine-color-text)" onClick={() => onOpen(asset)}>
                  {asset.name}
                </Anchor>
              </Table.Td>
              <Table.Td className={classes.ellipsis} c="dimmed" title={asset.folder}>
                {asset.folder}
              </Table.Td>
              <Table.Td>{stage && <StageBadge kind={stage.kind} name={stage.name} />}</Table.Td>
              <Table.Td ta="right">
                {asset.width} × {asset.height}
              </Table.Td>
              <Table.Td ta="right">{formatBytes(asset.byte_size)}</Table.Td>
              <Table.Td c="dimmed">{asset.mime_type.replace('image/', '')}</Table.Td>
              <Table.Td>
                <Age moment={asset.created_at} />
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
