# Finding a JDK 25 or newer: the java that is first on PATH is often older.

java_feature() { "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = \([0-9]*\).*/\1/p'; }

is_jdk25() {
  [[ -x $1/bin/javac ]] || return 1
  local feature
  # A `release` file is there in every JDK of today and costs nothing to read.
  feature=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true)
  [[ -n $feature ]] || feature=$(java_feature "$1")
  [[ $feature =~ ^[0-9]+$ ]] && ((feature >= 25))
}

find_jdk() {
  local candidate
  local on_path
  on_path=$(command -v javac 2>/dev/null || true)
  for candidate in ${JAVA_HOME:+"$JAVA_HOME"} ${on_path:+"$(dirname "$(dirname "$(realpath "$on_path")")")"} \
    /usr/lib/jvm/* /opt/java* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    is_jdk25 "$candidate" && realpath "$candidate" && return
  done
  die "no JDK 25 or newer was found: install one (for example temurin-25-jdk) or set JAVA_HOME to it"
}
