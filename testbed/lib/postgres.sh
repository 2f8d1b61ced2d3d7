# The box's own PostgreSQL: the server binaries that the tests use too, unpacked for the head.

ensure_postgres() {
  [[ -z ${ANEMONE_DB_URL:-} ]] || {
    rm -rf "$BOX_OPT/pgsql"
    return 0
  }
  local version artifact jar
  version=$(sed -n 's|.*<postgres-binaries.version>\(.*\)</postgres-binaries.version>.*|\1|p' "$BOX_REPO/pom.xml")
  [[ -n $version ]] || die "pom.xml names no postgres-binaries.version"
  [[ $(cat "$BOX_OPT/pgsql/.version" 2>/dev/null) != "$version" ]] || return 0
  artifact=embedded-postgres-binaries-linux-$(postgres_architecture)
  jar=$BOX_CACHE/postgres/$artifact-$version.jar
  if [[ ! -s $jar ]]; then
    step "fetching PostgreSQL $version"
    maven -q -N dependency:copy "-Dartifact=io.zonky.test.postgres:$artifact:$version" "-DoutputDirectory=$BOX_CACHE/postgres" \
      -Dmdep.overWriteSnapshots=false
  fi
  unpack_postgres "$jar" "$version"
}

postgres_architecture() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64v8 ;;
    *) die "there is no PostgreSQL build for $(uname -m): set ANEMONE_DB_URL to a server of yours" ;;
  esac
}

unpack_postgres() {
  local jar=$1 version=$2 new=$BOX_OPT/pgsql.new
  rm -rf "$new" "$BOX_OPT/pgsql"
  mkdir -p "$new"
  (cd "$new" && "$(find_jdk)/bin/jar" xf "$jar")
  tar -C "$new" -xJf "$new"/postgres-*.txz
  rm -rf "$new"/postgres-*.txz "$new/META-INF"
  echo "$version" >"$new/.version"
  chmod -R go=rX "$new"
  mv "$new" "$BOX_OPT/pgsql"
}
