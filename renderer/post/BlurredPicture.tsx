import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { artifactAddress } from './artifactAddress.ts';
import { postMessages as words } from './messages.ts';
import classes from './post.module.css';

interface Props {
  sha256: string;
  alt: string | null;
  /** Whether it starts blurred. */
  blur: boolean;
  /** As wide as there is room, and as high as that makes it: for the picture of a whole page. */
  whole?: boolean;
}

/** A picture of the archive that is only seen when somebody decides to see it. */
export function BlurredPicture({ sha256, alt, blur, whole = false }: Props) {
  const [shown, setShown] = useState(!blur);
  const [failed, setFailed] = useState(false);
  if (failed) return <Text size="sm">{words.notShown}</Text>;
  const picture = whole ? classes.whole : classes.picture;
  return (
    <figure className={classes.figure}>
      <div className={whole ? classes.wideFrame : classes.frame}>
        <img
          src={artifactAddress(sha256)}
          alt={shown ? (alt ?? words.pictureWithoutAlt) : ''}
          loading="lazy"
          draggable={false}
          className={shown ? picture : `${picture} ${classes.blurred}`}
          onError={() => setFailed(true)}
        />
        {!shown && (
          <div className={classes.veil}>
            <Button onClick={() => setShown(true)}>{words.show}</Button>
          </div>
        )}
      </div>
      {shown && (
        <Button mt={4} variant="default" size="xs" onClick={() => setShown(false)}>
          {words.hide}
        </Button>
      )}
    </figure>
  );
}
