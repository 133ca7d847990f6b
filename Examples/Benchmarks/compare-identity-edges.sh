#!/usr/bin/env bash
# Components of identifier edges: IdentityEdges beside a baseline in C, on the same data in the same run.
#
# usage: compare-identity-edges.sh [EDGES [BASELINE.c [FOLDER]]]
# BASELINE.c is called as `baseline str FILE.tsv` and `baseline int FILE.bin` and prints edges_per_s and process_cpu_s, as
# Baselines/components.c does. FOLDER keeps the generated data; without it they are removed.
set -euo pipefail
cd "$(dirname "$0")"
edges=${1:-10000000}
baseline=${2:-Baselines/components.c}
folder=${3:-$(mktemp -d)}
if [ $# -lt 3 ]; then trap 'rm -rf "$folder"' EXIT; fi

swift build -c release --product IdentityEdges
program="$(swift build -c release --show-bin-path)/IdentityEdges"
cc -O2 -o "$folder/baseline" "$baseline"
[ -f "$folder/edges.tsv" ] || "$program" generate "$folder/edges" "$edges"

figure() { sed -E "s/.*\"$1\":([0-9.]+).*/\1/" <<<"$2"; }
compare() {
  local theirs ours
  theirs=$("$folder/baseline" "$1" "$3")
  ours=$("$program" "$2" "$3")
  echo "$2, baseline:      $theirs"
  echo "$2, IdentityEdges: $ours"
  for name in nodes edges components; do
    [ "$(figure $name "$theirs")" = "$(figure $name "$ours")" ] || { echo "$name differ" >&2; exit 1; }
  done
  awk -v a="$(figure edges_per_s "$ours")" -v b="$(figure edges_per_s "$theirs")" \
    -v c="$(figure process_cpu_s "$theirs")" -v d="$(figure process_cpu_s "$ours")" \
    'BEGIN { printf "ratio: %.2f by the clock, %.2f by processor time\n", a / b, c / d }'
}
compare str texts "$folder/edges.tsv"
compare int numbers "$folder/edges.bin"
