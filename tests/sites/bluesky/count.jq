# An independent count of one answer of Bluesky: jq -c -f count.jq FILE
def record: .record // .value;
[.. | objects | select((.uri? | type) == "string" and (.uri | contains("/app.bsky.feed.post/")))
  | select((record | type) == "object" and (record.text? | type) == "string")] | unique_by(.uri)
| {
    posts: (length),
    authors: (map(.uri | split("/")[2]) | unique | length),
    reposts: ([.. | objects | select(."$type"? == "app.bsky.feed.defs#reasonRepost")] | length),
    replies: (map(select(record.reply != null)) | length),
    quotes: (map(record.embed // {} | (.record.record.uri? // .record.uri? // "") | select(contains("/app.bsky.feed.post/"))) | length),
    threads: (map(record.reply // empty | select(.root.uri != .parent.uri)) | length),
    media: (map((.embed // .embeds[0]? // {}) | (.images // .media.images? // []) | length) | add // 0),
    described: 0, polls: 0, edited: 0, long: 0,
    likes: (map(.likeCount // 0) | add // 0),
    views: 0
  }
