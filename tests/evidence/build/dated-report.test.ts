/** The report on tags by dated clauses: what a lawyer must find in it, and what must not be mixed up. */
import { parse } from 'parse5';
import { expect, test } from 'vitest';
import { renderBundle } from '../../../evidence/build/render.ts';
import { renderReport } from '../../../evidence/build/report/report.ts';
import { type Evidence, evidenceSchema } from '../../../evidence/bundle/evidence.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { makeIdentity } from './bundle.ts';
import { datedSample, keys, policyTexts, versionIds } from './dated-sample.ts';

const signer = await makeIdentity('Ada Invented');
const { evidence } = renderBundle(datedSample(signer).plan, nodeSha256);

interface Node {
  tag: string;
  classes: string[];
  text: string;
  children: Node[];
}

function toNode(node: object): Node {
  const children =
    'childNodes' in node && Array.isArray(node.childNodes)
      ? node.childNodes.map((child: object) => toNode(child))
      : [];
  const own = 'value' in node && typeof node.value === 'string' ? node.value : '';
  const attrs: { name: string; value: string }[] =
    'attrs' in node && Array.isArray(node.attrs) ? node.attrs : [];
  return {
    tag: 'tagName' in node ? String(node.tagName) : '',
    classes: (attrs.find(({ name }) => name === 'class')?.value ?? '').split(' '),
    text: own + children.map(({ text }) => text).join(''),
    children,
  };
}

function all(node: Node, is: (node: Node) => boolean): Node[] {
  return [...(is(node) ? [node] : []), ...node.children.flatMap((child) => all(child, is))];
}

const tagsIn = (shown: Evidence) =>
  all(toNode(parse(renderReport(shown))), ({ classes }) => classes.includes('tag'));
function tagAbout(title: string, shown: Evidence = evidence): Node {
  const found = tagsIn(shown).find((node) =>
    all(node, ({ tag }) => tag === 'h4').some(({ text }) => text.includes(title)),
  );
  if (found === undefined) throw new Error(`no tag about ${title}`);
  return found;
}
const fact = (node: Node, term: string) =>
  all(node, ({ tag, children }) => tag === 'div' && children[0]?.text === term).map(
    ({ children }) => children[1]?.text,
  )[0];

test('a breach: the words as they stood, when they were seen, from where, on what terms, and where in which file', () => {
  const tag = tagAbout('Glorifying harm');
  expect(all(tag, ({ tag: name }) => name === 'h4')[0]?.text).toBe('Assessed as breaching: Glorifying harm');
  const [rule] = all(tag, ({ classes }) => classes.includes('rule'));
  expect(rule?.text).toContain('You may not praise the driving out of a group of villagers');
  expect(policyTexts.december).toContain(all(rule ?? tag, ({ tag: name }) => name === 'blockquote')[0]?.text);
  expect(rule?.text).toContain(
    'The clause in the exact words of the text seen on 2020-12-03, under Hateful conduct › What is not allowed',
  );
  expect(fact(tag, 'In force from')).toBe('not known; when a text was seen is not when it took effect');
  expect(fact(tag, 'Where from')).toContain('https://rules.example/hateful');
  expect(fact(tag, 'Licence')).toBe('ODC-By 1.0; attribution: Invented Governance Archive');
  const { path, sha256 } = evidence.policies?.[0]?.versions[1] ?? {};
  expect(fact(tag, 'Place in the text')).toBe(
    `bytes 43 to 172, characters 43 to 156 of ${path}, SHA-256 ${sha256}`,
  );
  expect(fact(tag, 'Words')).toBe('Drive them out \u{1F525}\u{1F525} … all of them');
  expect(fact(tag, 'How sure')).toBe('likely');
  expect(fact(tag, 'In force')).toMatch(
    /^When posted \(2021-01-14\): not known\. Was reworded .* Rests on the texts seen on 2020-12-03 and 2021-01-20\./,
  );
  expect(fact(tag, 'Exceptions')).toMatch(
    /^News: does not apply, because: It reports on nothing\..*Incitement: not considered$/s,
  );
});

test('what became of the rule is said as of the time of the bundle, from the texts in it', () => {
  expect(fact(tagAbout('Glorifying harm'), 'Since then')).toMatch(
    /^As of 2026-05-03 12:34:56 UTC, this clause has since been reworded \(seen on 2021-01-20\)\.The words of 2021-01-20.*condone or celebrate/s,
  );
  expect(fact(tagAbout('Slurs'), 'Since then')).toBe(
    'As of 2026-05-03 12:34:56 UTC, this clause no longer stands in the text (seen on 2021-01-20).',
  );
  const changed = structuredClone(evidence);
  changed.policies?.[0]?.versions.splice(2);
  expect(fact(tagAbout('Glorifying harm', changed), 'Since then')).toBeUndefined();
});

test('a text that came back is said to have the words again', () => {
  const back = structuredClone(evidence);
  const [, december, january] = back.policies?.[0]?.versions ?? [];
  if (december === undefined || january === undefined) throw new Error('three versions');
  back.policies?.[0]?.versions.push({
    ...december,
    id: versionIds.act,
    seen: { at: '2022-01-01T00:00:00.000Z', precision: 'day' },
  });
  expect(fact(tagAbout('Glorifying harm', back), 'Since then')).toContain(
    'The newest text in this bundle, seen on 2022-01-01, has the words cited again.',
  );
});

test('a post that is older than its rule is said to be so where the texts show it', () => {
  const older = structuredClone(evidence);
  const post = older.captures[0]?.readings[0]?.posts[0];
  if (post?.disclosed !== 'whole') throw new Error('a whole post');
  const posted = (value: string) =>
    Object.assign(post.content, {
      postedAt: { value, precision: 'day', zone: 'utc', readFrom: 'test', raw: value },
    });
  posted('2020-08-01');
  expect(fact(tagAbout('Glorifying harm', older), 'Since then')).toContain(
    'By the texts in this bundle, this post is older than the rule. First in the text seen 2020-12-03; the text seen 2020-09-02 does not have it yet.',
  );
  posted('2020-10-01');
  // Between the two nobody knows.
  expect(fact(tagAbout('Glorifying harm', older), 'Since then')).not.toContain('older than the rule');
});

test('reviews stand side by side, a withdrawn tag is shown as withdrawn and its words are not marked in the post', () => {
  const disputed = tagAbout('Glorifying harm');
  const reviews = all(disputed, ({ classes }) => classes.includes('review')).map(({ classes, text }) => [
    classes[1],
    text,
  ]);
  expect(reviews).toEqual([
    ['agree', expect.stringContaining('Ada Invented agreesYes.')],
    ['dispute', expect.stringContaining('Ada Invented disputes thisIt is a quotation.')],
  ]);
  const withdrawn = tagAbout('Withdrawn');
  expect(all(withdrawn, ({ tag }) => tag === 'h4')[0]?.text).toBe(
    'Withdrawn: Assessed as breaching: Incitement',
  );
  expect(withdrawn.classes).toEqual(expect.arrayContaining(['withdrawn', 'norm']));
  expect(withdrawn.text).toContain('By a norm: a law or a designation, not a rule of a platform');
  expect(renderReport(evidence)).toContain('7 tags (1 disputed, 1 withdrawn)');
});

test('other judgements, an account as a whole, and what came from another archive', () => {
  expect(tagAbout('No violation found').text).toMatch(/^No violation found/);
  const unclear = tagAbout('Slurs');
  expect(all(unclear, ({ tag }) => tag === 'h4')[0]?.text).toBe('Unclear: Slurs');
  expect(fact(unclear, 'Account')).toBe('This judgement is about the account @rusta as a whole.');
  expect(fact(unclear, 'Assessed by')).toMatch(/^Bea Elsewhere, in the archive \S+, by its bundle \S+$/);
  expect(fact(unclear, 'On')).toBe('2026-05-01 09:00:00 UTC');
  expect(fact(unclear, 'Taken in')).toContain('Ada Invented');
});

test('what a platform said stands apart from its text, norms apart from rules, reports at the end', () => {
  const tag = tagAbout('Glorifying harm');
  const [said] = all(tag, ({ classes }) => classes.includes('statements'));
  expect(said?.text).toMatch(
    /^Said about this clause; not part of its text.*We will remove posts.*A spokesperson of Elmwick, 2020-10-14; reported in The Invented Times.*Of posts that are older than the clause it says: they are removed, they bring no sanction\./s,
  );
  expect(all(tag, ({ classes }) => classes.includes('rule'))[0]?.text).not.toContain('We will remove');
  const report = renderReport(evidence);
  const section = (id: string) =>
    report.slice(
      report.indexOf(`<section id="${id}"`),
      report.indexOf('</section>', report.indexOf(`<section id="${id}"`)),
    );
  expect(section('rules')).toContain('Rules &amp; Policies');
  expect(section('rules')).not.toContain('Village Peace Act');
  expect(section('norms')).toContain('Village Peace Act');
  expect(section('reports')).toMatch(
    /Elmwick Trust Desk.*Exhibit 1<\/a>, <a href="#exhibit-3">Exhibit 3.*2 more reports of some of these posts are not shown/s,
  );
  expect(section('rules')).toContain(keys.news);
});

test('says "assessed", never "violates"; and nothing from a source becomes markup', () => {
  const hostile = '"><script>alert(1)</script>\u202e';
  const bent = structuredClone(evidence);
  for (const policy of bent.policies ?? []) {
    Object.assign(policy, { name: hostile, jurisdiction: policy.jurisdiction === null ? null : hostile });
    for (const version of policy.versions) {
      Object.assign(version.source, {
        name: hostile,
        address: hostile,
        licence: hostile,
        attribution: hostile,
      });
      for (const clause of version.clauses)
        Object.assign(clause, { title: hostile, text: hostile, path: [hostile] });
    }
  }
  for (const each of [
    ...(bent.statements ?? []),
    ...(bent.links ?? []),
    ...(bent.corrections ?? []),
    ...(bent.reports ?? []),
  ])
    Object.assign(each, {
      text: hostile,
      speaker: hostile,
      because: hostile,
      to: hostile,
      reportedIn: hostile,
      note: hostile,
    });
  for (const { readings } of bent.captures)
    for (const { posts } of readings)
      for (const { tags } of posts)
        for (const tag of tags) {
          Object.assign(tag, { because: hostile });
          for (const each of [
            tag.dated,
            ...(tag.considered ?? []),
            ...(tag.dates ?? []),
            ...(tag.reviews ?? []),
          ])
            if (each !== undefined)
              Object.assign(each, { because: hostile, title: hostile, text: hostile, why: hostile });
        }
  const report = renderReport(bent);
  expect(all(toNode(parse(report)), ({ tag }) => tag === 'script')).toEqual([]);
  expect(report).not.toMatch(/violates/i);
  expect(evidenceSchema.safeParse(evidence).success).toBe(true);
});
