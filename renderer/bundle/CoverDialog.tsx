import { Alert, Button, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconMinus, IconPlus, IconSquarePlus, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Artifact } from '../../contract/model/capture.ts';
import type { Region } from '../../contract/model/redaction.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { CoverSurface, type Surface } from './CoverSurface.tsx';
import { coverMessages as words } from './coverMessages.ts';
import { fitted, inMiddle, type Size } from './regions.ts';

interface Props {
  picture: Artifact;
  /** Parts that other redactions of it cover. */
  covered: readonly Region[];
  error: Error | null;
  busy: boolean;
  onCover(regions: Region[], because: string): void;
  onClose(): void;
}

const zooms = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4] as const;

/** A picture on which parts are drawn that are to leave black. */
export function CoverDialog({ picture, covered, error, busy, onCover, onClose }: Props) {
  const [regions, setRegions] = useState<readonly Region[]>([]);
  const [size, setSize] = useState<Size | null>(null);
  /** Null: as wide as there is room. */
  const [zoom, setZoom] = useState<number | null>(null);
  const [because, setBecause] = useState('');
  const [said, setSaid] = useState('');
  const [failed, setFailed] = useState(false);
  const surface = useRef<Surface>(null);
  const ready = regions.length > 0 && because.trim() !== '';

  const add = (region: Region): void => {
    setRegions([...regions, region]);
    setSaid(words.added(regions.length + 1, region));
  };
  const change = (at: number, region: Region): void => {
    setRegions(regions.map((each, i) => (i === at ? region : each)));
    setSaid(words.now(at + 1, region));
  };
  const remove = (at: number): void => {
    setRegions(regions.filter((_each, i) => i !== at));
    setSaid(words.removed(at + 1));
    // The button goes with the part.
    surface.current?.focus();
  };
  const zoomBy = (step: 1 | -1): void => {
    const scale = surface.current?.scale() ?? 1;
    const next =
      step > 0 ? zooms.find((each) => each > scale + 0.01) : zooms.findLast((each) => each < scale - 0.01);
    if (next !== undefined) setZoom(next);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen
      title={words.title}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Stack gap="sm">
        <Text size="sm">{words.help}</Text>
        <Text size="sm" c="dimmed">
          {words.keys}
        </Text>
        {failed && <Alert color="red">{words.notShown}</Alert>}
        <Group gap="xs">
          <Button
            size="xs"
            leftSection={<IconSquarePlus size={16} aria-hidden />}
            disabled={size === null}
            onClick={() => {
              if (size !== null && surface.current !== null) add(inMiddle(surface.current.seen(), size));
            }}
          >
            {words.add}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconMinus size={16} aria-hidden />}
            onClick={() => zoomBy(-1)}
          >
            {words.smaller}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => zoomBy(1)}
          >
            {words.larger}
          </Button>
          <Button size="xs" variant="default" aria-pressed={zoom === null} onClick={() => setZoom(null)}>
            {words.fit}
          </Button>
        </Group>
        <CoverSurface
          ref={surface}
          sha256={picture.sha256}
          regions={regions}
          covered={covered}
          zoom={zoom}
          size={size}
          onSize={setSize}
          onFailed={() => setFailed(true)}
          onDrawn={add}
          onChange={change}
          onRemove={remove}
        />
        <Text size="sm" role="status">
          {said}
        </Text>
        {size !== null && <RegionList regions={regions} picture={size} onChange={change} onRemove={remove} />}
        {error !== null && <FailureAlert error={error} />}
        <Form
          onSubmit={() => {
            if (ready) onCover([...regions], because.trim());
          }}
        >
          <Stack gap="sm">
            <TextInput
              label={words.because}
              dir="auto"
              value={because}
              onChange={(event) => setBecause(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {words.cancel}
              </Button>
              <Button type="submit" loading={busy} disabled={!ready}>
                {words.cover(regions.length)}
              </Button>
            </Group>
          </Stack>
        </Form>
      </Stack>
    </Modal>
  );
}

interface ListProps {
  regions: readonly Region[];
  picture: Size;
  onChange(at: number, region: Region): void;
  onRemove(at: number): void;
}

const edges = ['x', 'y', 'width', 'height'] as const;

/** The parts in numbers: what a pointer does can be typed. */
function RegionList({ regions, picture, onChange, onRemove }: ListProps) {
  if (regions.length === 0) return <Text size="sm">{words.none}</Text>;
  return (
    <Stack gap="xs" role="list" aria-label={words.list}>
      {regions.map((region, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part has no name but its place in the list
        <Group key={at} gap="xs" align="flex-end" role="listitem">
          <Text size="sm" fw={600} w={56}>
            {words.part(at + 1)}
          </Text>
          {edges.map((edge) => (
            <NumberInput
              key={edge}
              size="xs"
              w={96}
              label={words.edges[edge]}
              aria-label={words.edgeOf(edge, at + 1)}
              min={0}
              max={edge === 'x' || edge === 'width' ? picture.width : picture.height}
              allowDecimal={false}
              value={region[edge]}
              onChange={(value) => {
                if (typeof value === 'number') onChange(at, fitted({ ...region, [edge]: value }, picture));
              }}
            />
          ))}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden />}
            aria-label={words.removePart(at + 1)}
            onClick={() => onRemove(at)}
          >
            {words.remove}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}
