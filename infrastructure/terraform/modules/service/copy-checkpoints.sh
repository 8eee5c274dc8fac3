#!/bin/bash
# Copies the checkpoints in FOLDER to s3://BUCKET/PREFIX, in order and each of them: verifying misses one that is left out.
# The last one is copied at the end, as in the folder, so that whoever reads it finds all before it. Bash, ls, sort, cp and
# cat are all it needs beside aws: the image of the AWS command line has little more.
set -euo pipefail

pause=${PAUSE:-5}
shard_size=1000000 # sizes in one folder; the product's own layout

# The second line of a checkpoint is the size of its log.
size_of() {
  local origin size
  { read -r origin && read -r size; } <"$1" && echo "$size"
}

put() { # <file> <key>
  aws s3 cp --only-show-errors "$1" "s3://$BUCKET/$PREFIX/$2"
}

copied=-1
if aws s3 cp --only-show-errors "s3://$BUCKET/$PREFIX/checkpoint" /tmp/last-copied 2>/tmp/last-copied.error; then
  copied=$(size_of /tmp/last-copied)
elif [[ $(</tmp/last-copied.error) != *404* ]]; then
  echo "$(</tmp/last-copied.error)" >&2
  exit 1 # not knowing is not the same as nothing there
fi
keys=

while :; do
  if [ -f "$FOLDER/log.vkey" ] && [ "$(cat "$FOLDER/log.vkey")" != "$keys" ]; then
    put "$FOLDER/log.vkey" log.vkey
    keys=$(cat "$FOLDER/log.vkey")
  fi
  if [ -f "$FOLDER/checkpoint" ]; then
    cp "$FOLDER/checkpoint" /tmp/latest
    latest=$(size_of /tmp/latest)
    if [ "$latest" -lt "$copied" ]; then
      echo "The folder ends at $latest, before what was copied: $copied" >&2
      exit 1
    fi
    if [ "$latest" -gt "$copied" ]; then
      from=$((copied < 0 ? 0 : copied / shard_size))
      for ((shard = from; shard <= latest / shard_size; shard++)); do
        folder=sizes/$(printf '%06d' "$shard")
        [ -d "$FOLDER/$folder" ] || continue
        for size in $(ls -1 "$FOLDER/$folder" | sort -n); do
          [[ $size =~ ^[0-9]+$ ]] || continue # one that is being written
          if [ "$size" -gt "$copied" ] && [ "$size" -le "$latest" ]; then
            put "$FOLDER/$folder/$size" "$folder/$size"
          fi
        done
      done
      put /tmp/latest checkpoint
      copied=$latest
    fi
    echo "copied up to $copied"
  fi
  sleep "$pause"
done
