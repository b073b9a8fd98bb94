# Sourced by ./run, ./test and ./bench: finds a Python, makes .venv from the pinned requirements, once per pins.
# PYTHON=/path/to/python chooses one; NO_APT=1 keeps apt-get out of it.

say() { printf '[setup] %s\n' "$*" >&2; }

is_good_python() {
  [ -n "$1" ] && "$1" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

# One per line, best first. pyenv's shims answer to names whose version is not active, so each one has to be tried.
list_pythons() {
  for name in python3.13 python3.14 python3.12 python3 python; do
    command -v "$name" || :
  done
  for version in 3.13 3.14 3.12; do
    ls -d "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python 2>/dev/null || :
  done
  ls -d /opt/homebrew/bin/python3.1[234] /usr/local/bin/python3.1[234] /usr/bin/python3.1[234] \
    /Library/Frameworks/Python.framework/Versions/3.1[234]/bin/python3 \
    "$HOME"/.local/share/uv/python/cpython-3.1[234]*/bin/python3 2>/dev/null || :
}

find_python() {
  if [ -n "${PYTHON:-}" ]; then
    is_good_python "$PYTHON" && echo "$PYTHON"
    return
  fi
  list_pythons | while read -r candidate; do
    is_good_python "$candidate" && echo "$candidate" && break
  done
}

# The last resort: uv fetches a Python from the internet.
fetch_python() {
  uv=$(command -v uv || :)
  if [ -z "$uv" ] && python3 -m venv .local/uv >/dev/null 2>&1 && .local/uv/bin/pip install -q uv >/dev/null 2>&1; then
    uv=.local/uv/bin/uv
  fi
  [ -n "$uv" ] || return 0
  say "no Python >= 3.12 on this machine: trying to fetch one"
  UV_HTTP_TIMEOUT=20 "$uv" python install -q 3.13 >/dev/null 2>&1 && "$uv" python find 3.13 2>/dev/null
}

# apt_install PACKAGE...: only as root on Debian and its kin; failing is no disaster here.
apt_install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && [ -z "${NO_APT:-}" ] || return 1
  say "apt-get install $*"
  apt_get_install "$@" || { apt-get update -qq >/dev/null 2>&1 && apt_get_install "$@"; }
}
apt_get_install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" >/dev/null 2>&1
}

make_venv() {
  python=$(find_python)
  [ -n "$python" ] || { apt_install python3 python3-venv && python=$(find_python); } || :
  [ -n "$python" ] || python=$(fetch_python) || :
  if [ -z "$python" ]; then
    say "Python 3.12 or newer with venv is needed: apt-get install python3 python3-venv, brew install python@3.13, or set PYTHON=/path/to/python."
    exit 1
  fi
  say "$("$python" --version) from $python"
  rm -rf .venv
  "$python" -m venv .venv
}

# install REQUIREMENTS: hashes are in the file, so whatever serves the packages cannot change them.
install() {
  say "installing the packages of $1 (half a minute or so)"
  if uv=$(command -v uv); then
    VIRTUAL_ENV=$PWD/.venv "$uv" pip install -q --compile-bytecode --require-hashes -r "$1" && return
  fi
  .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$1"
}

# prepare_environment REQUIREMENTS: does nothing when .venv already has these pins.
prepare_environment() {
  stamp=.venv/installed-$(basename "$1" .txt)
  pins=$(cksum < "$1")
  is_good_python .venv/bin/python || make_venv
  [ "$(cat "$stamp" 2>/dev/null)" != "$pins" ] || return 0
  install "$1" || { say "the packages of $1 could not be installed; the reason is above."; exit 1; }
  .venv/bin/python -m devstack.pango || apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 || :
  echo "$pins" > "$stamp"
  [ "$1" != requirements/test.txt ] || cksum < requirements/local.txt > .venv/installed-local  # a part of it
}
