import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import classes from './shared.module.css';

/** The way back to the list that a record was opened from. */
export function BackLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <div>
      <Button
        component={Link}
        href={to}
        variant="subtle"
        size="compact-sm"
        leftSection={<IconArrowLeft size={16} aria-hidden className={classes.arrow} />}
      >
        {children}
      </Button>
    </div>
  );
}
