/** Under which headings the parts of a text stand. */

/** For each part the headings over it, outermost first. `level`: of headings only. */
export function pathsOf(
  parts: readonly { level?: number | null | undefined; title: string }[],
): readonly string[][] {
  const headings: { level: number; title: string }[] = [];
  return parts.map(({ level, title }) => {
    const rank = level ?? null;
    if (rank !== null) while ((headings.at(-1)?.level ?? 0) >= rank) headings.pop();
    const path = headings.map((heading) => heading.title);
    // A date alone stands over nothing.
    if (rank !== null && rank < 9) headings.push({ level: rank, title });
    return path;
  });
}
