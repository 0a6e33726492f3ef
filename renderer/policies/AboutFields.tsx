import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { policyMessages } from './messages.ts';
import { type AboutName, neededOf, type PolicyAbout } from './policyAbout.ts';

const words = policyMessages.import;

interface Props {
  about: PolicyAbout;
  onChange(about: PolicyAbout): void;
  /** Says what is missing. */
  tried: boolean;
  disabled: boolean;
}

/** Whose text it is, what kind of text, and on what terms it may be passed on. */
export function AboutFields({ about, onChange, tried, disabled }: Props) {
  const needed = neededOf(about);
  const field = (name: AboutName, label: string) => (
    <TextInput
      label={label}
      value={about[name]}
      onChange={(event) => onChange({ ...about, [name]: event.currentTarget.value })}
      error={tried && needed.includes(name) && about[name].trim() === '' ? words.missing : null}
      disabled={disabled}
      autoComplete="off"
    />
  );
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {field('platform', words.platform)}
      {field('policy', words.policy)}
      <NativeSelect
        label={words.kind}
        value={about.isNorm ? 'norm' : 'rules'}
        data={[
          { value: 'rules', label: words.rules },
          { value: 'norm', label: words.norm },
        ]}
        onChange={(event) => onChange({ ...about, isNorm: event.currentTarget.value === 'norm' })}
        disabled={disabled}
      />
      {about.isNorm && field('jurisdiction', words.jurisdiction)}
      {field('licence', words.licence)}
      {field('attribution', words.attribution)}
      {field('address', words.address)}
    </SimpleGrid>
  );
}
