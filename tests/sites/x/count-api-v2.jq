# An independent count of answers of X's API v2, one a line: jq -s -c -f count-api-v2.jq FILE
def types: [.referenced_tweets[]?.type];
def reposted: types | index("retweeted") != null;
(map(.includes.media[]?) | map({key: .media_key, value: (.url // .preview_image_url // (.variants // [] | .[0].url?))}) | from_entries) as $media
| [.[] | (.data | if type == "array" then .[] else . end), .includes.tweets[]?] | map(select(.text? != null and .id? != null)) | unique_by(.id)
| {
    posts: (length),
    authors: (map(.author_id) | unique | length),
    reposts: (map(select(reposted)) | length),
    replies: (map(select((reposted | not) and (types | index("replied_to") != null))) | length),
    quotes: (map(select((reposted | not) and (types | index("quoted") != null))) | length),
    threads: (map(select(reposted | not) | select(.conversation_id != null and .conversation_id != .id)
      | select(.conversation_id as $c | [.referenced_tweets[]?.id] | index($c) == null)) | length),
    media: (map(select(reposted | not) | .attachments.media_keys[]? | select($media[.] != null)) | length),
    polls: (map(select(reposted | not) | .attachments.poll_ids[]?) | length),
    edited: (map(select((.edit_history_tweet_ids // [] | length) > 1)) | length),
    likes: (map(select(reposted | not) | .public_metrics.like_count // 0) | add // 0)
  }
