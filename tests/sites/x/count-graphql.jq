# An independent count of one answer of X's GraphQL: jq -c -f count-graphql.jq FILE
def sum(f): map(f // 0 | tonumber) | add // 0;
def reposted: .legacy.retweeted_status_result != null;
[.. | objects | select((.rest_id? | type) == "string" and (.legacy?.full_text? != null))] | unique_by(.rest_id)
| {
    posts: (length),
    authors: (map(.legacy.user_id_str) | unique | length),
    reposts: (map(select(reposted)) | length),
    replies: (map(select(reposted | not) | select(.legacy.in_reply_to_status_id_str != null)) | length),
    quotes: (map(select(reposted | not) | select(.legacy.quoted_status_id_str != null)) | length),
    threads: (map(select(reposted | not) | .legacy | select(.conversation_id_str != .id_str
      and .conversation_id_str != .in_reply_to_status_id_str and .conversation_id_str != .quoted_status_id_str)) | length),
    media: (map(select(reposted | not) | .legacy.extended_entities.media // [] | length) | add // 0),
    described: (map(select(reposted | not) | .legacy.extended_entities.media // [] | map(select(.ext_alt_text != null)) | length) | add // 0),
    polls: (map(select(.card.legacy.name? // "" | startswith("poll"))) | length),
    edited: (map(select((.edit_control | .edit_control_initial // . | .edit_tweet_ids // [] | length) > 1)) | length),
    long: (map(select(reposted | not) | select(.note_tweet != null)) | length),
    likes: (map(select(reposted | not)) | sum(.legacy.favorite_count)),
    views: (map(select(reposted | not)) | sum(.views.count))
  }
