#!/usr/bin/env bash
# What the action runs: the findings and the changed decisions as annotations, the comparison as summary, report and comment.
set -uo pipefail

countersign() { node "$COUNTERSIGN" --workspace "$WORKSPACE" --no-color "$@"; }
out() { printf '%s=%s\n' "$1" "$2" >>"${GITHUB_OUTPUT:-/dev/null}"; }

exit_code=0
worse() { if [ "$1" -gt "$exit_code" ]; then exit_code=$1; fi; }

# The state before: what was asked for; of the merge that a pull request is built as, its target; else where the history parted.
find_base() {
  if [ -n "${BASE:-}" ]; then printf '%s' "$BASE"; return; fi
  if [ -n "${PULL_REQUEST:-}" ] && git rev-parse --verify --quiet 'HEAD^2' >/dev/null; then git rev-parse 'HEAD^1'; return; fi
  case "${EVENT_BASE:-}" in '' | 0000000*) git rev-parse --verify --quiet 'HEAD^1'; return ;; esac
  git cat-file -e "$EVENT_BASE^{commit}" 2>/dev/null || git fetch --quiet --no-tags --depth=1 origin "$EVENT_BASE" || return 1
  if [ -n "${PULL_REQUEST:-}" ]; then git merge-base "$EVENT_BASE" HEAD 2>/dev/null || printf '%s' "$EVENT_BASE"; else printf '%s' "$EVENT_BASE"; fi
}

echo "::group::countersign check"
countersign check --format github --fail-on "$CHECK_FAIL_ON"
worse $?
echo "::endgroup::"

base=$(cd "$WORKSPACE" && find_base) || base=''
if [ -z "$base" ]; then
  echo "::notice title=Countersign::There is no state before to compare decisions with. Check out with fetch-depth: 2 or more, or name one as \`base\`."
  exit "$exit_code"
fi

options=(--base "$base" --world "$WORLD" --fail-on "$DIFF_FAIL_ON")
if [ "${ALLOW_UNKNOWN:-false}" = true ]; then options+=(--allow-unknown); fi

folder="${RUNNER_TEMP:-/tmp}"
report="$folder/countersign.md"
json="$folder/countersign.json"
echo "::group::countersign diff"
countersign diff "${options[@]}" --format github
worse $?
echo "::endgroup::"
# the same once more for people, and for the steps that follow
countersign diff "${options[@]}" --format markdown >"$report" 2>/dev/null
countersign diff "${options[@]}" --format json >"$json" 2>/dev/null
if [ -s "$report" ]; then
  cat "$report" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
  out report "$report"
  out verdict "$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).verdict' "$json" 2>/dev/null)"
fi

if [ "${COMMENT:-false}" = true ] && [ -n "${PULL_REQUEST:-}" ] && [ -s "$report" ]; then
  gh pr comment "$PULL_REQUEST" --body-file "$report" --edit-last 2>/dev/null || gh pr comment "$PULL_REQUEST" --body-file "$report" ||
    echo "::warning title=Countersign::The comparison could not be written as a comment; the job needs the permission \`pull-requests: write\`."
fi
exit "$exit_code"
