#!/usr/bin/env bash
# distributed 2026.8.0: LocalCluster(dashboard_address=None) still serves pages over plain HTTP, on port 8787.
#
# Expected: "Set to None to disable the dashboard" (the docstring of LocalCluster), so that nothing listens; and with security=True nothing is
# told without the cluster's certificate.
# Seen: the scheduler's HTTP server listens all the same, on 8787, or with a warning that the port is in use on another one; anybody on the
# machine reads its counts, its workers and their logs there, also with security=True. With pytest's warnings as errors a second cluster does
# not start: "Cluster failed to start: Port 8787 is already in use".
# Who meets it: whoever switches the dashboard off for quiet or for privacy, or runs two clusters. bot/triage/cluster.py names a free port of
# 127.0.0.1 and takes the pages away (distributed.scheduler.http.routes: []).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check distributed==2026.8.0 dask==2026.8.0 cryptography==50.0.2
cat > "$folder/seen.py" <<'PY'
import warnings
from urllib.request import urlopen

from distributed import LocalCluster

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    with LocalCluster(n_workers=1, processes=False, protocol="tls://", dashboard_address=None, security=True) as cluster:
        (listening,) = cluster.scheduler.http_server._sockets.values()
        page = urlopen(f"http://127.0.0.1:{listening.getsockname()[1]}/json/counts.json").read()
        print("scheduler:", cluster.scheduler_address.partition(":")[0], "| without a certificate:", b'"workers": 1' in page)
    with LocalCluster(n_workers=0, processes=False, dashboard_address=None) as first, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with LocalCluster(n_workers=0, processes=False, dashboard_address=None):
            print(*{str(one.message).split("\n")[0].split(" ", 2)[2] for one in told if "Port" in str(one.message)})
PY
seen=$("$folder/venv/bin/python" "$folder/seen.py")
echo "$seen"
[ "$seen" = "scheduler: tls | without a certificate: True
is already in use." ]
