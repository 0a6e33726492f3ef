import { Alert, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCertificateOff } from '@tabler/icons-react';
import { useRef } from 'react';
import type { ViewState } from '../../contract/model/view.ts';
import { strong } from '../personas/colour.ts';
import classes from './capture.module.css';
import { captureMessages as words } from './messages.ts';
import { PersonaSign } from './PersonaSign.tsx';
import { usePlace } from './usePlace.ts';
import type { View } from './useView.ts';

/** The part of the window that belongs to the page, and what stands there while no page is to be seen. */
export function PagePlace({ view, state }: { view: View; state: ViewState }) {
  if (state.persona === null) return <Shown view={view} state={state} />;
  return (
    <div className={classes.worn} style={{ borderColor: strong(state.persona.colour) }}>
      <PersonaSign persona={state.persona} trail={state.trail} onTrail={view.trail} />
      <Shown view={view} state={state} />
    </div>
  );
}

function Shown({ view, state }: { view: View; state: ViewState }) {
  if (state.certificateError !== null)
    return <CertificateProblem view={view} words={state.certificateError} />;
  if (state.failure !== null) return <NoPage view={view} why={state.failure} />;
  if (state.url === '') return <Start />;
  return <Place title={state.title} />;
}

function Place({ title }: { title: string }) {
  const place = useRef<HTMLElement>(null);
  usePlace(place);
  return (
    <section ref={place} className={classes.place} aria-label={words.view}>
      <Stack gap={4} align="center" className={classes.beneath ?? ''}>
        <Text fw={500} ta="center">
          <bdi>{title}</bdi>
        </Text>
        <Text size="sm" c="dimmed" ta="center">
          {words.viewHelp}
        </Text>
      </Stack>
    </section>
  );
}

function CertificateProblem({ view, words: problem }: { view: View; words: string }) {
  return (
    <Alert color="red" icon={<IconCertificateOff aria-hidden />} title={words.certificate} role="alert">
      <Stack gap="sm">
        <Text size="sm" className={classes.words ?? ''}>
          {problem}
        </Text>
        <Text size="sm">{words.certificateAdvice}</Text>
        <Group>
          <Button color="red" onClick={() => view.act('accept-certificate')}>
            {words.certificateAccept}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function NoPage({ view, why }: { view: View; why: string }) {
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={words.failed} role="alert">
      <Stack gap="sm">
        <Text size="sm" className={classes.words ?? ''}>
          {why}
        </Text>
        <Group>
          <Button variant="default" onClick={() => view.act('reload')}>
            {words.tryAgain}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function Start() {
  return (
    <section aria-label={words.empty}>
      <Stack gap="sm" maw={640} py="lg">
        <Title order={3} size="h4">
          {words.empty}
        </Title>
        <Text>{words.intro}</Text>
        <List type="ordered" spacing="xs">
          {words.emptySteps.map((step) => (
            <List.Item key={step}>{step}</List.Item>
          ))}
        </List>
        <Text size="sm" c="dimmed">
          {words.emptyRules}
        </Text>
      </Stack>
    </section>
  );
}
