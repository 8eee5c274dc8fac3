# Sourced by ./mvnw and ./run: find_jdk exports JAVA_HOME and PATH for a JDK that can build and run the product,
# or says what is missing and returns 1. POSIX sh.

JDK_MINIMUM=21

# jdk_major <home>: prints the major version if that folder is a JDK, else nothing
jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  jdk_version=
  [ -r "$1/release" ] && jdk_version=$(sed -n 's/^JAVA_VERSION="\(.*\)".*/\1/p' "$1/release" | head -n 1)
  [ -n "$jdk_version" ] || jdk_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\(.*\)".*/\1/p' | head -n 1)
  printf '%s\n' "$jdk_version" | sed -n 's/^\([0-9][0-9]*\).*/\1/p'
}

# is_lts <major>: 21, 25, 29, …
is_lts() {
  [ "$1" -ge 21 ] && [ $((($1 - 21) % 4)) -eq 0 ]
}

jdk_candidates() {
  if java_on_path=$(command -v java 2>/dev/null); then
    while [ -L "$java_on_path" ]; do
      java_link=$(readlink "$java_on_path")
      case $java_link in
        /*) java_on_path=$java_link ;;
        *) java_on_path=$(dirname "$java_on_path")/$java_link ;;
      esac
    done
    dirname "$(dirname "$java_on_path")"
  fi
  for jdk_home in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
    "$HOME"/.jdks/* \
    "${MISE_DATA_DIR:-$HOME/.local/share/mise}"/installs/java/* \
    "${ASDF_DATA_DIR:-$HOME/.asdf}"/installs/java/*; do
    [ -d "$jdk_home" ] && printf '%s\n' "$jdk_home"
  done
}

# The JAVA_HOME that is set, if new enough; else the newest long-term release found; else the newest of any kind.
find_jdk() {
  HOME=${HOME:-/}
  jdk_chosen= jdk_chosen_major=0 jdk_chosen_lts=0 jdk_old=
  if [ -n "${JAVA_HOME:-}" ]; then
    jdk_found=$(jdk_major "$JAVA_HOME")
    if [ "${jdk_found:-0}" -ge "$JDK_MINIMUM" ]; then
      jdk_chosen=$JAVA_HOME
    fi
  fi
  if [ -z "$jdk_chosen" ]; then
    while IFS= read -r jdk_home; do
      jdk_found=$(jdk_major "$jdk_home")
      [ -n "$jdk_found" ] || continue
      if [ "$jdk_found" -lt "$JDK_MINIMUM" ]; then
        jdk_old="$jdk_old  Java $jdk_found in $jdk_home
"
        continue
      fi
      if is_lts "$jdk_found"; then jdk_lts=1; else jdk_lts=0; fi
      if [ "$jdk_lts" -gt "$jdk_chosen_lts" ] ||
        { [ "$jdk_lts" -eq "$jdk_chosen_lts" ] && [ "$jdk_found" -gt "$jdk_chosen_major" ]; }; then
        jdk_chosen=$jdk_home jdk_chosen_major=$jdk_found jdk_chosen_lts=$jdk_lts
      fi
    done <<CANDIDATES
$(jdk_candidates)
CANDIDATES
  fi
  if [ -z "$jdk_chosen" ]; then
    {
      echo "A JDK $JDK_MINIMUM or newer is needed and none was found; JDK 25 is the one to install."
      if [ -n "$jdk_old" ]; then
        echo "Too old:"
        printf '%s' "$jdk_old"
      fi
      echo "If it is in an unusual place, set JAVA_HOME to its folder (the one with bin/javac in it)."
    } >&2
    return 1
  fi
  JAVA_HOME=$jdk_chosen
  PATH=$JAVA_HOME/bin:$PATH
  export JAVA_HOME PATH
}
