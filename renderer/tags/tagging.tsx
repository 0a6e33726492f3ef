/** What outlives a change of post: forms that were begun, tags on their way to the archive, reasons, and the walk. */
import { VisuallyHidden } from '@mantine/core';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { HostOutput } from '../../contract/channels.ts';
import type { Failure } from '../../contract/errors.ts';
import type { Finding } from '../../contract/model/tag.ts';
import { failureOf } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { joinQuotes } from '../quote/join.ts';
import { draftOf, emptyForm, isEmpty, isUntouched, missingIn, quotesOf, type TagForm } from './form.ts';
import { tagMessages as words } from './messages.ts';
import { makeWalk, type Walk } from './walk.ts';

/** A tag on its way to the archive, or one that the archive refused. */
export interface Sending {
  id: number;
  postId: string;
  who: string;
  form: TagForm;
  failure: Failure | null;
}

/** The post that a form belongs to, as far as saving needs it. */
export interface TaggedPost {
  id: string;
  text: string;
  /** For people: whose post it is. */
  who: string;
  /** The sample in which it is judged. */
  coding: string | null;
}

interface Shown {
  forms: ReadonlyMap<string, TagForm>;
  /** Whose posts the forms with a failure are of. */
  whose: ReadonlyMap<string, string>;
  sending: readonly Sending[];
  /** Told to screen readers, the newest also shown; the number makes the same words news again. */
  said: readonly { words: string; count: number }[];
  reasons: readonly string[];
  passed: ReadonlySet<string>;
}

export interface Tagging {
  subscribe(listener: () => void): () => void;
  shown(): Shown;
  form(postId: string): TagForm;
  change(postId: string, part: Partial<TagForm>): void;
  clear(postId: string): void;
  /** Sends what stands in the form and empties it at once; false where something is missing. */
  save(post: TaggedPost): boolean;
  /** Puts a refused tag into the form of its post again. */
  takeUp(id: number): void;
  /** The reason used last for a clause, or for a finding by no clause. */
  reasonFor(clause: string | null, finding: Finding): string | null;
  say(words: string): void;
  pass(suggestion: string): void;
  walk: Walk;
  /** The next post is gone to by a key, so the keyboard belongs in its text. */
  arriving: boolean;
}

const TaggingContext = createContext<Tagging | null>(null);

/** Sentences that stay to be read aloud: as many as may come before a screen reader has told of the first. */
const saidKept = 8;
/** Reasons that are offered again. */
const reasonsKept = 20;

export function TaggingProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [tagging] = useState(() => makeTagging(client));
  useEffect(
    () =>
      window.holdfast.onChanged(({ what }) => {
        if (what === 'posts') tagging.walk.forget();
      }),
    [tagging],
  );
  return (
    <TaggingContext value={tagging}>
      {children}
      <ReadAloud />
    </TaggingContext>
  );
}

/** What happened, for screen readers: it outlives the screen of a post, because a save may end after the post was left. */
function ReadAloud() {
  const said = useShown((shown) => shown.said);
  return (
    <VisuallyHidden role="log" aria-label={words.news}>
      {said.map((one) => (
        <p key={one.count}>{one.words}</p>
      ))}
    </VisuallyHidden>
  );
}

/** The tagging desk of the open archive. Throws outside `TaggingProvider`, which is a mistake of ours. */
export function useTagging(): Tagging {
  const tagging = useContext(TaggingContext);
  if (tagging === null) throw new Error('useTagging needs a TaggingProvider above it');
  return tagging;
}

/** A part of what is shown; `pick` must give the same object while nothing changed. */
export function useShown<T>(pick: (shown: Shown) => T): T {
  const tagging = useTagging();
  return useSyncExternalStore(tagging.subscribe, () => pick(tagging.shown()));
}

/** One part of what stands in the form of a post: what shows it is not drawn again while another part is typed. */
export function useFormPart<K extends keyof TagForm>(postId: string, part: K): TagForm[K] {
  return useShown(({ forms }) => (forms.get(postId) ?? emptyForm)[part]);
}

function makeTagging(client: QueryClient): Tagging {
  let shown: Shown = {
    forms: new Map(),
    whose: new Map(),
    sending: [],
    said: [],
    reasons: [],
    passed: new Set(),
  };
  const listeners = new Set<() => void>();
  const lastReasons = new Map<string, string>();
  let sent = 0;

  const show = (part: Partial<Shown>) => {
    shown = { ...shown, ...part };
    for (const listener of listeners) listener();
  };
  const setForm = (postId: string, form: TagForm) => {
    const forms = new Map(shown.forms);
    if (isEmpty(form)) forms.delete(postId);
    else forms.set(postId, form);
    show({ forms });
  };
  const say = (said: string) => {
    const count = (shown.said.at(-1)?.count ?? 0) + 1;
    show({ said: [...shown.said, { words: said, count }].slice(-saidKept) });
  };
  const reasonKey = (clause: string | null, finding: Finding) => `${finding} ${clause ?? ''}`;
  const forget = (id: number) => show({ sending: shown.sending.filter((one) => one.id !== id) });

  const comeBack = (sending: Sending, failure: Failure) => {
    const { postId, who, form } = sending;
    say(`${words.notSaved(who)}. ${failure.message}`);
    show({ whose: new Map(shown.whose).set(postId, who) });
    if (isUntouched(tagging.form(postId))) {
      forget(sending.id);
      setForm(postId, { ...form, failure });
    } else {
      // Another tag of the same post is being written by now: this one waits beside the form.
      show({ sending: shown.sending.map((one) => (one.id === sending.id ? { ...one, failure } : one)) });
    }
  };

  const tagging: Tagging = {
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    shown: () => shown,
    form: (postId) => shown.forms.get(postId) ?? emptyForm,
    change: (postId, part) => setForm(postId, { ...tagging.form(postId), ...part }),
    clear: (postId) => setForm(postId, emptyForm),
    save(post) {
      const form = tagging.form(post.id);
      const missing = missingIn(form);
      if (missing.clause || missing.because) {
        tagging.change(post.id, { tried: true });
        say(
          [missing.clause && words.missingClause, missing.because && words.missingBecause]
            .filter(Boolean)
            .join(' '),
        );
        return false;
      }
      const because = form.because.trim();
      lastReasons.set(reasonKey(form.clause?.key ?? null, form.finding), because);
      sent += 1;
      const sending: Sending = {
        ...{ id: sent, postId: post.id, who: post.who, failure: null },
        form: { ...form, failure: null, tried: false },
      };
      const quotes = joinQuotes(post.text, quotesOf(form));
      const draft = { ...draftOf(form, post.id, quotes), coding: post.coding };
      show({
        sending: [...shown.sending, sending],
        reasons: [because, ...shown.reasons.filter((one) => one !== because)].slice(0, reasonsKept),
      });
      tagging.clear(post.id);
      const what = form.clause?.title ?? words.findings[form.finding];
      window.holdfast.addTag(draft).then(
        (answer) => {
          if (!answer.ok) return comeBack(sending, answer.error);
          forget(sending.id);
          showTag(client, answer.value);
          say(words.saved(what));
        },
        (error: unknown) => comeBack(sending, failureOf(error)),
      );
      return true;
    },
    takeUp(id) {
      const sending = shown.sending.find((one) => one.id === id);
      if (sending === undefined) return;
      forget(id);
      setForm(sending.postId, { ...sending.form, failure: sending.failure });
    },
    reasonFor: (clause, finding) => lastReasons.get(reasonKey(clause, finding)) ?? null,
    say,
    pass: (suggestion) => show({ passed: new Set(shown.passed).add(suggestion) }),
    walk: makeWalk(async (input) => {
      const answer = await window.holdfast.listPosts(input);
      return answer.ok ? answer.value : null;
    }),
    arriving: false,
  };
  return tagging;
}

/** The saved tag is shown at once; main's `changed` message then has everything else asked for again. */
function showTag(client: QueryClient, tag: HostOutput<'tags.add'>): void {
  client.setQueryData<HostOutput<'tags.list'>>([...keys.tags, tag.postId], (before) =>
    before === undefined || before.tags.some(({ id }) => id === tag.id)
      ? before
      : { ...before, tags: [...before.tags, tag] },
  );
}
