#!/usr/bin/env bash
# unpack-debian.sh <folder> <package>...: unpacks Debian packages into a folder, without installing them. Installing
# prometheus would start a service on the port that `npm start` uses.
set -euo pipefail

folder="$1"
shift
mkdir -p "$folder/archives"
cd "$folder/archives"

if ! command -v apt-get >/dev/null; then
  echo 'unpack-debian.sh: there is no apt-get on this machine' >&2
  exit 1
fi

# A fresh machine has no package lists, and only root may fetch them.
if ! timeout 120 apt-get download --quiet "$@"; then
  as_root=()
  if ((EUID != 0)); then as_root=(sudo --non-interactive); fi
  timeout 300 "${as_root[@]}" apt-get update --quiet --quiet
  timeout 120 apt-get download --quiet "$@"
fi

for archive in ./*.deb; do dpkg-deb --extract "$archive" "$folder"; done
