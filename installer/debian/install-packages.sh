#!/bin/sh
# install-packages.sh run|screen|test…: brings the Debian packages that are missing, where that is allowed;
# elsewhere one line says which they are. It never fails: what cannot be had is said, and the set-up goes on.
set -u
list=$(dirname "$0")/packages.txt

here() {
    case $1 in
        /*) [ -e "$1" ] ;;
        *.so.*) { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -qF "$1 " ;;
        ensurepip) python3 -c "import ensurepip, venv" 2>/dev/null ;;
        initdb) command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

missing() {
    for when in "$@"; do
        grep "^$when " "$list" | while read -r _ package proof; do
            here "$proof" || printf ' %s' "$package"
        done
    done
}

wanted=$(missing "$@")
[ -n "$wanted" ] || exit 0

sudo=
[ "$(id -u)" = 0 ] || sudo="sudo -n"
if command -v apt-get >/dev/null 2>&1 && { [ -z "$sudo" ] || $sudo true 2>/dev/null; }; then
    export DEBIAN_FRONTEND=noninteractive
    echo "Installing Debian packages:$wanted"
    # shellcheck disable=SC2086  # the lists are words
    { $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends $wanted; } </dev/null >/dev/null 2>&1
    wanted=$(missing "$@")
    [ -n "$wanted" ] || exit 0
fi
echo "Missing Debian packages (apt-get install$wanted): what needs them will say so." >&2
