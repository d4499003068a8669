# Sourced by the scripts in tools/: what must be installed, and how the project is built. Nothing here prints to
# stdout, which belongs to the program; what the scripts do is said on stderr.
#
# The scripts run in whatever surroundings there are: as root or not, without a terminal, with stdin closed, without
# HOME or a locale, from a checkout without git's data, next to another run of themselves.
#
# Expects $root, the top folder of the sources.
: "${root:?}"

# A file opened next would take the place of what is closed.
{ true <&0; } 2>/dev/null || exec </dev/null
{ true >&2; } 2>/dev/null || exec 2>/dev/null

# What the program needs, to be built and to run: PACKAGE, or PACKAGE=PROBE where something else does as well: a command
# on the PATH or a file. Probed in this order: the command or file, then the package.
program_packages=(
    "g++=g++"
    "cmake=cmake"
    "ninja-build=ninja"
    libfmt-dev
    libcli11-dev
    nlohmann-json3-dev
    libcsv-dev
    libssl-dev
    libsqlite3-dev
    "libcurl4-openssl-dev=/usr/include/x86_64-linux-gnu/curl/curl.h"
    libeigen3-dev
    "libboost-dev=/usr/include/boost/graph/adjacency_list.hpp" # Boost.Graph: headers only
    # The page of the report is bundled from npm packages. The commands come first: where Node.js is from elsewhere, it
    # brings npm along, and Debian's npm conflicts with it.
    "nodejs=node"
    "npm=npm"
)
# What the tests need besides.
test_packages=(
    libgtest-dev
    librapidcheck-dev
    "python3=/usr/bin/python3"
    python3-jsonschema
    "zsh=zsh" # its completions are tried out
    "mandoc=mandoc" # finds mistakes in the manual page
    "coinor-cbc=cbc" # optima to compare plans with
    "openssl=openssl" # certificates for servers on this machine
    "clang-format-14=clang-format-14" # this version: others disagree about details
    "chromium=chromium" # opens the page of the report
)
# What the sanitized build and the fuzzers need besides. Clang 14, Debian's default, cannot compile the ranges of
# GCC 12's library, nor a lambda that captures a structured binding.
sanitizer_packages=(
    "clang-19=clang++-19"
    libclang-rt-19-dev
    "llvm-19=llvm-symbolizer-19" # names in stack traces
)

say() {
    printf 'termwise: %s\n' "$*" >&2
}

# Exit status 5 is "anything else" in the program's own table.
give_up() {
    say "$*"
    exit 5
}

# Removes from the surroundings what would change what the scripts do.
plain_surroundings() {
    unset CDPATH GREP_OPTIONS DESTDIR
    # Where dpkg and its scripts look for their helpers; a user's PATH may lack it.
    PATH="${PATH:-/usr/local/bin:/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"
    export PATH
    if [[ -n ${TMPDIR-} && ! (-d $TMPDIR && -w $TMPDIR) ]]; then
        unset TMPDIR
    fi
}

# The same for tests: the caller's variables choose nothing but what is meant to be chosen for a run: RC_PARAMS (random
# tests draw the same in every run unless it says otherwise) and the sanitizers' options (how a sanitizer ends a program
# must not look like one of the program's own exit statuses).
plain_test_surroundings() {
    local name
    for name in $(compgen -e GTEST_) $(compgen -e CTEST_) $(compgen -e PYTHON); do
        unset "$name"
    done
    unset LD_PRELOAD NO_COLOR CLICOLOR_FORCE MALLOC_PERTURB_
    export LC_ALL=C.UTF-8 TZ=UTC
    export RC_PARAMS=${RC_PARAMS:-seed=1}
    export ASAN_OPTIONS=${ASAN_OPTIONS:-exitcode=99}
    export UBSAN_OPTIONS=${UBSAN_OPTIONS:-exitcode=99:print_stacktrace=1}
    export LSAN_OPTIONS=${LSAN_OPTIONS:-exitcode=99}
    umask 022
}

# One of us at a time installs and builds; the others wait here. Released by unlock, or when we end.
lock() {
    mkdir -p "$root/build" 2>/dev/null || give_up "cannot write to $root: build it as its owner"
    { exec {lock_fd}>>"$root/build/.lock"; } 2>/dev/null || give_up "cannot write to $root/build: build it as its owner"
    if ! flock -n "$lock_fd"; then
        say "waiting for another build of the same checkout"
        flock "$lock_fd" || give_up "cannot lock $root/build/.lock"
    fi
}

unlock() {
    exec {lock_fd}>&-
}

# Each line in place of the last one.
in_place() {
    local line columns
    columns=$(stty size 2>/dev/null </dev/tty | cut -d' ' -f2)
    [[ ${columns:-0} -gt 0 ]] || columns=80
    while IFS= read -r line; do
        printf '\r\033[K%s' "${line:0:columns-1}" >&2
    done
    printf '\r\033[K' >&2
}

# logged LOG COMMAND...: runs it with its output in the log; on a terminal one sees it pass.
logged() {
    local log=$1
    shift
    if [[ -t 2 ]]; then
        "$@" </dev/null 2>&1 | tee -a "$log" | in_place
        return "${PIPESTATUS[0]}"
    fi
    "$@" </dev/null >>"$log" 2>&1
}

is_installed() {
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# ensure_packages PACKAGE[=PROBE]...: installs what is missing, or says what is missing and stops.
ensure_packages() {
    local entry package probe missing=()
    for entry in "$@"; do
        package=${entry%%=*}
        probe=
        [[ $entry == *=* ]] && probe=${entry#*=}
        if [[ $probe == /* && -e $probe ]] || { [[ -n $probe ]] && command -v "$probe" >/dev/null; }; then
            continue
        fi
        is_installed "$package" || missing+=("$package")
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0

    if ! command -v apt-get >/dev/null; then
        give_up "this is not Debian; install what these packages hold there: ${missing[*]}"
    fi
    local as_root=()
    if [[ $(id -u) != 0 ]]; then
        if ! sudo -n true 2>/dev/null; then
            say "packages are missing, and only root may install them. Run this, then try again:"
            printf 'sudo sh -c "apt-get update && apt-get install -y %s"\n' "${missing[*]}" >&2
            exit 5
        fi
        as_root=(sudo -n)
    fi

    local log=$root/build/packages.log attempt
    say "installing ${missing[*]} (log: $log)"
    : >"$log"
    # Not our lock: what a package starts may live longer than we do. Not our TMPDIR and umask either.
    local apt=("${as_root[@]}" env -u TMPDIR DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
        APT_LISTCHANGES_FRONTEND=none LC_ALL=C.UTF-8 apt-get -q -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0)
    if ! (
        exec {lock_fd}>&-
        umask 022
        # Another apt-get may hold the lists for a while. Old lists are better than none: the install decides.
        for attempt in 1 2 3 4 5; do
            logged "$log" "${apt[@]}" update && break
            sleep "$attempt"
        done
        logged "$log" "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
    ); then
        tail -n 20 "$log" >&2
        give_up "could not install: ${missing[*]}"
    fi
}

# configure_and_build NAME TARGET [CMAKE_ARGUMENT...]: builds the target in build/NAME, as a Release unless the arguments
# say otherwise. Without arguments a build that is configured stays as it is configured.
configure_and_build() {
    local name=$1 target=$2 dir=$root/build/$1 started=$SECONDS
    shift 2
    local log=$dir/build.log
    # A checkout that was copied or moved with its build would go on building the other one's sources.
    if [[ -f $dir/CMakeCache.txt ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$dir/CMakeCache.txt"; then
        rm -rf -- "$dir"
    fi
    [[ -f $dir/build.ninja ]] || set -- -DCMAKE_BUILD_TYPE=Release "$@"
    mkdir -p "$dir" || give_up "cannot write to $dir"
    : >"$log" || give_up "cannot write to $log"
    # Of before the first source is read: what is changed while we build is newer.
    : >"$dir/.started"

    if [[ $# -gt 0 ]]; then
        local configure=(cmake -G Ninja -S "$root" -B "$dir" "$@")
        # A cache that belongs to another folder, generator or compiler stops CMake; then from the start.
        if ! logged "$log" "${configure[@]}" && ! logged "$log" "${configure[@]}" --fresh; then
            tail -n 30 "$log" >&2
            give_up "could not configure (log: $log)"
        fi
    fi
    if ! logged "$log" cmake --build "$dir" --parallel "$(nproc)" --target "$target"; then
        # Several compilers run at once, so the first failure need not be at the end.
        awk '/^(FAILED:|CMake Error)/ { failed = 1 } failed' "$log" | head -n 60 >&2
        grep -qE '^(FAILED:|CMake Error)' "$log" || tail -n 30 "$log" >&2
        give_up "could not build (log: $log)"
    fi
    [[ ! -e $dir/termwise ]] || mv -f "$dir/.started" "$dir/.built"
    say "built build/$name in $((SECONDS - started)) s"
}

# For tools/check-threads: the tests of what starts threads, with the layers they need.
build_with_thread_sanitizer() {
    plain_surroundings
    plain_test_surroundings
    lock
    ensure_packages "${program_packages[@]}" "${test_packages[@]}"
    say "building the tests of threads (log: $root/build/threads/build.log)"
    configure_and_build threads termwise_threaded_tests -DTERMWISE_SANITIZE=thread -DTERMWISE_BUILD_TESTS=ON
    unlock
}

# What tools/check-sanitizers and tools/fuzz share: one build, compiled by clang, with assertions and instrumented for
# both. -O1 finds what -O0 finds and is twice as fast.
build_sanitized() {
    plain_surroundings
    plain_test_surroundings
    lock
    ensure_packages "${program_packages[@]}" "${test_packages[@]}" "${sanitizer_packages[@]}"
    export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19
    say "building the sanitized tests and fuzzers (log: $root/build/sanitized/build.log)"
    configure_and_build sanitized all -DCMAKE_CXX_COMPILER=clang++-19 -DCMAKE_BUILD_TYPE=RelWithDebInfo \
        "-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O1 -g1" -DTERMWISE_SANITIZE=address,undefined -DTERMWISE_BUILD_FUZZERS=ON
    unlock
}
