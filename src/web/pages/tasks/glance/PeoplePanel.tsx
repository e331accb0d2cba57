// Per person: tasks open now, assigned, completed; each number leads to them.
import { Table, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../format.ts'
import type { ReplyOf } from '../../../queries.ts'
import { useProject } from '../../../session.tsx'
import { PersonName } from '../../../ui/PersonAvatar.tsx'
import classes from './people.module.css'
import { type PersonNumber, tasksOfPerson } from './where-numbers-lead.ts'

type People = ReplyOf<'get_task_summary'>['people']
const NUMBERS = ['open', 'assigned', 'completed'] as const satisfies readonly PersonNumber[]
/** Fewer are found by looking. */
const SEARCH_FROM = 12
/** The server tells no more. */
const MOST_PEOPLE = 200

export default function PeoplePanel({ people, onChosen }: { people: People; onChosen: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const wanted = text.trim().toLocaleLowerCase()
  const shown = people
    .filter((p) => p.name.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => b.open - a.open || b.assigned - a.assigned || a.name.localeCompare(b.name))
  const titles = { open: t('tasks.strip.person_open'), assigned: t('tasks.strip.person_assigned'), completed: t('tasks.strip.person_done') } // biome-ignore format: one line
  if (people.length === 0)
    return (
      <Text c="dimmed" p="md">
        {t('tasks.strip.nobody')}
      </Text>
    )
  return (
    <>
      {people.length >= SEARCH_FROM && (
        <div className={classes.search}>
          <TextInput
            data-autofocus
            aria-label={t('tasks.strip.find_person')}
            placeholder={t('tasks.strip.find_person')}
            leftSection={<IconSearch size={14} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <section className={classes.list} tabIndex={0} aria-label={t('tasks.strip.people')}>
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('tasks.strip.person')}</Table.Th>
              {NUMBERS.map((number) => (
                <Table.Th key={number} ta="right">
                  {titles[number]}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((person) => (
              <Table.Tr key={person.id}>
                <Table.Td className={classes.name}>
                  <PersonName id={person.id} name={person.name} />
                </Table.Td>
                {NUMBERS.map((number) => (
                  <Table.Td key={number} ta="right">
                    <LinkedNumber person={person} number={number} title={titles[number]} onChosen={onChosen} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {shown.length === 0 && (
          <Text c="dimmed" p="md">
            {t('tasks.strip.no_person')}
          </Text>
        )}
        {people.length === MOST_PEOPLE && (
          <Text c="dimmed" size="xs" p="xs">
            {t('tasks.strip.more_people')}
          </Text>
        )}
      </section>
    </>
  )
}

type NumberProps = { person: People[number]; number: PersonNumber; title: string; onChosen: () => void }

function LinkedNumber({ person, number, title, onChosen }: NumberProps) {
  const { id, stages } = useProject()
  const text = formatNumber(person[number])
  if (person[number] === 0) return <span className={classes.zero}>0</span>
  return (
    <Link
      to="/projects/$project_id/tasks"
      params={{ project_id: String(id) }}
      search={tasksOfPerson(number, person.id, stages)}
      preload={false}
      className={classes.number}
      aria-label={`${person.name}, ${title}: ${text}`}
      onClick={onChosen}
    >
      {text}
    </Link>
  )
}
