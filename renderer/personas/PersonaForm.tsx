import {
  Button,
  Checkbox,
  Fieldset,
  Group,
  NativeSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isCommonName } from '../../contract/common-name.ts';
import {
  type Persona,
  type PersonaFacts,
  type PersonaPace,
  personaColourSchema,
  personaPaceSchema,
  usualPersonaPace,
} from '../../contract/model/persona.ts';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { colourNames, personaMessages as words } from './messages.ts';

interface Typed {
  name: string;
  colour: Persona['colour'];
  languages: string;
  timeZone: string;
  userAgent: string;
  proxy: string;
  hasPace: boolean;
  pace: PersonaPace;
}

const blank: Typed = {
  ...{ name: '', colour: 'blue', languages: '', timeZone: '', userAgent: '', proxy: '' },
  hasPace: true,
  pace: usualPersonaPace,
};

function typedOf({ name, colour, languages, timeZone, userAgent, proxy, pace }: Persona): Typed {
  return {
    name,
    colour,
    languages: languages.join(', '),
    timeZone: timeZone ?? '',
    userAgent: userAgent ?? '',
    proxy: proxy ?? '',
    hasPace: pace !== null,
    pace: pace ?? usualPersonaPace,
  };
}

function factsOf({
  name,
  colour,
  languages,
  timeZone,
  userAgent,
  proxy,
  hasPace,
  pace,
}: Typed): PersonaFacts {
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  const tags = languages.split(',').map((tag) => tag.trim());
  return {
    name: name.trim(),
    colour,
    languages: tags.filter((tag) => tag !== ''),
    timeZone: orNull(timeZone),
    userAgent: orNull(userAgent),
    proxy: orNull(proxy),
    pace: hasPace ? pace : null,
  };
}

const fields = ['name', 'languages', 'timeZone', 'proxy', 'userAgent'] as const;

/** Makes a persona, or changes `persona`; what is refused, the archive says. */
export function PersonaForm({ persona, onDone }: { persona: Persona | null; onDone(): void }) {
  const client = useQueryClient();
  const [typed, setTyped] = useState(persona === null ? blank : typedOf(persona));
  const saving = useMutation({
    mutationFn: (facts: PersonaFacts) =>
      unwrap(
        persona === null
          ? window.holdfast.addPersona(facts)
          : window.holdfast.changePersona({ personaId: persona.id, changes: facts }),
      ),
    onSuccess: () => {
      notifications.show({ message: persona === null ? words.made : words.changed, color: 'green' });
      refresh(client, 'personas');
      setTyped(blank);
      onDone();
    },
  });
  return (
    <Fieldset legend={persona === null ? words.add : words.changeWhat(persona.name)}>
      <Form onSubmit={() => saving.mutate(factsOf(typed))}>
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            {fields.map((field) => (
              <TextInput
                key={field}
                label={words[field]}
                description={
                  field === 'name' && isCommonName(typed.name) ? words.nameCommon : words[`${field}Help`]
                }
                value={typed[field]}
                onChange={(event) => setTyped({ ...typed, [field]: event.currentTarget.value })}
                maxLength={400}
                dir={field === 'name' ? 'auto' : 'ltr'}
                autoComplete="off"
                spellCheck={false}
              />
            ))}
            <NativeSelect
              label={words.colour}
              description={words.colourHelp}
              value={typed.colour}
              onChange={(event) =>
                setTyped({ ...typed, colour: personaColourSchema.parse(event.currentTarget.value) })
              }
              data={personaColourSchema.options.map((value) => ({ value, label: colourNames[value] }))}
            />
          </SimpleGrid>
          <PaceFields typed={typed} onChange={(change) => setTyped({ ...typed, ...change })} />
          {saving.isError && <FailureAlert error={saving.error} onClose={saving.reset} />}
          <Group justify="flex-end">
            {persona !== null && (
              <Button variant="default" onClick={onDone}>
                {words.cancel}
              </Button>
            )}
            <Button type="submit" loading={saving.isPending} disabled={typed.name.trim() === ''}>
              {persona === null ? words.make : words.save}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Fieldset>
  );
}

interface PaceProps {
  typed: Pick<Typed, 'hasPace' | 'pace'>;
  onChange(change: Partial<Typed>): void;
}

const paceKinds = ['betweenPages', 'pagesAnHour', 'betweenSteps'] as const;

/** How fast pages are asked for under it. */
function PaceFields({ typed: { hasPace, pace }, onChange }: PaceProps) {
  return (
    <Stack gap="xs" component="fieldset" m={0} p={0} bd={0}>
      <legend hidden>{words.pace}</legend>
      <Checkbox
        label={words.hasPace}
        description={words.paceHelp}
        checked={hasPace}
        onChange={(event) => onChange({ hasPace: event.currentTarget.checked })}
      />
      {hasPace && (
        <Group gap="sm" align="flex-end">
          {paceKinds.map((kind) => (
            <NumberInput
              key={kind}
              label={words[kind]}
              value={pace[kind]}
              min={personaPaceSchema.shape[kind].minValue ?? 0}
              max={personaPaceSchema.shape[kind].maxValue ?? Number.MAX_SAFE_INTEGER}
              allowDecimal={false}
              allowNegative={false}
              clampBehavior="strict"
              w={220}
              onChange={(value) => {
                if (typeof value === 'number') onChange({ pace: { ...pace, [kind]: value } });
              }}
            />
          ))}
        </Group>
      )}
    </Stack>
  );
}
