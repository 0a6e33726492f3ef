"""An independent count of the posts in a cassette: python3 count.py FILE.yaml (needs PyYAML)."""

import json
import sys

import yaml

found = {}
histories = {}


def walk(value):
    if isinstance(value, list):
        for item in value:
            walk(item)
    if isinstance(value, dict):
        if "account" in value and "id" in value and ("content" in value or "text" in value):
            # Of several states the one that was edited last, of these the one that came last.
            known = found.get(value["id"])
            if known is None or (value["edited_at"] or "") >= (known["edited_at"] or ""):
                found[value["id"]] = value
        for item in value.values():
            walk(item)


for exchange in yaml.safe_load(open(sys.argv[1]))["interactions"]:
    answer = json.loads(exchange["response"]["body"]["string"])
    path = exchange["request"]["uri"].split("/")
    if path[-1] == "history":
        histories[path[-2]] = max(histories.get(path[-2], 0), len(answer))
    else:
        walk(answer)

posts = list(found.values())
written = [post for post in posts if not post["reblog"]]
count = {
    "posts": len(posts),
    "authors": len({post["account"]["id"] for post in posts}),
    "reposts": len(posts) - len(written),
    "replies": sum(post["in_reply_to_id"] is not None for post in written),
    "quotes": sum(post["quote"] is not None for post in written),
    "threads": 0,
    "media": sum(len(post["media_attachments"]) for post in written),
    "described": sum(a["description"] is not None for p in written for a in p["media_attachments"]),
    "polls": sum(post["poll"] is not None for post in written),
    "edited": sum(histories.get(post["id"], 0) > 1 for post in posts),
    "long": 0,
    "likes": sum(post["favourites_count"] for post in written),
    "views": 0,
}
print(json.dumps(count).replace('"', ""))
