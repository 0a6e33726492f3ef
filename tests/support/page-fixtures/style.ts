/** The look of the invented networks. */
export const style = `
  :root { color-scheme: light; }
  body { margin: 0; background: #eef1f5; color: #1b2330; font: 17px/1.5 system-ui, "Noto Sans", sans-serif; }
  .bar { background: #23395b; color: #fff; padding: 12px 24px; font-weight: 700; letter-spacing: .02em; }
  main { max-width: 620px; margin: 28px auto; }
  article, .comment { background: #fff; border: 1px solid #d5dbe5; border-radius: 14px; padding: 20px 24px; margin: 0 0 14px; }
  .comment { margin-inline-start: 36px; }
  header { margin: 0 0 10px; }
  header a { color: inherit; text-decoration: none; font-weight: 650; }
  .handle { color: #5d6b80; font-weight: 400; }
  .text { font-size: 20px; margin: 0 0 14px; }
  img { width: 100%; border-radius: 10px; display: block; }
  footer, time { color: #5d6b80; font-size: 14px; }
`.trim();
