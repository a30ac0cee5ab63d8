#!/bin/sh
# make-venv.sh FOLDER: a virtual environment with the first Python here that is 3.11 or later.
set -u
folder=$1

for python in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
    python=
done
if [ -z "${python:-}" ] || ! command -v "$python" >/dev/null 2>&1; then
    echo "Python 3.11 or later is needed, and was not found (apt-get install python3 python3-venv)." >&2
    exit 1
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    sudo=
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "python$version-venv"; } </dev/null >/dev/null 2>&1
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "Python cannot make an environment: apt-get install python$version-venv, then the same command again." >&2
        exit 1
    fi
fi
"$python" -m venv "$folder" || exit 1
