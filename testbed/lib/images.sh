# Guest images: built once into the cache, keyed by what goes into the build, and installed for the agents.

image_names() {
  local dir
  for dir in "$BOX_REPO"/testbed/images/*/; do
    basename "$dir"
  done
}

# The build inputs: every file below the image's directory, with its name and mode.
image_key() {
  (cd "$BOX_REPO/testbed/images/$1" && find . -type f -printf '%P %m\n' | LC_ALL=C sort \
    | while read -r file mode; do echo "$mode $(sha256sum "$file")"; done | sha256sum | cut -c1-16)
}

image_installed() { [[ $(cat "$BOX_OPT/images/$1/.key" 2>/dev/null) == "$2" ]]; }

ensure_image() {
  local name=$1 key cached packages
  [[ -x $BOX_REPO/testbed/images/$name/build ]] || usage_error "unknown image '$name'; images: $(image_names | xargs)"
  key=$(image_key "$name")
  image_installed "$name" "$key" && return
  cached=$BOX_CACHE/images/$name-$key
  if [[ ! -d $cached ]]; then
    if [[ -r $BOX_REPO/testbed/images/$name/packages ]]; then
      mapfile -t packages <"$BOX_REPO/testbed/images/$name/packages"
      install_packages "${packages[@]}"
    fi
    step "building image $name (once; then it comes from $BOX_CACHE/images)"
    rm -rf "$cached.new"
    mkdir -p "$cached.new" "$BOX_CACHE/debs"
    "$BOX_REPO/testbed/images/$name/build" "$cached.new" "$BOX_CACHE/debs" || die "image $name could not be built; what went wrong stands above"
    mv "$cached.new" "$cached"
  fi
  install_image "$name" "$key" "$cached"
}

# Renamed into place: an agent sees a whole image or none.
install_image() {
  local name=$1 key=$2 cached=$3 new=$BOX_OPT/images/.$1.new
  rm -rf "$new"
  mkdir -p "$BOX_OPT/images"
  cp -r --reflink=auto "$cached" "$new"
  chmod -R u=rwX,go=rX "$new"
  echo "$key" >"$new/.key"
  rm -rf "${BOX_OPT:?}/images/$name"
  mv "$new" "$BOX_OPT/images/$name"
}

box_image() {
  [[ $# == 1 ]] || usage_error "image takes one name: $(image_names | xargs)"
  take_lock
  ensure_image "$1"
  say "image $1 is in $BOX_OPT/images/$1"
}
