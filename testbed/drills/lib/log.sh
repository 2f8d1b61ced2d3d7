# The orchestrators' logs during one repeat.

orchestrator_logs() { find "$BOX_LOG/head" -name 'orchestrator*.log' | LC_ALL=C sort; }

mark_log() {
  local log
  for log in $(orchestrator_logs); do
    wc -l <"$log" >"$DRILL_DIR/mark.$(basename "$log")"
  done
}

# What the orchestrators have said since.
since_mark() {
  local log
  for log in $(orchestrator_logs); do
    tail -n "+$(($(cat "$DRILL_DIR/mark.$(basename "$log")" 2>/dev/null || echo 0) + 1))" "$log"
  done
}

# What is said while the database is away; what was wanted of it is done later.
DATABASE_ERRORS='JDBC|database|SQL|connection|[Tt]ransaction|tick of the loop failed|Hibernate|ArcUndeclaredThrowable'

# Errors that the drill does not explain by its EXPLAINED.
unexplained_errors() {
  since_mark | grep -E '^[0-9-]+ [0-9:,]+ ERROR ' | grep -Ev -- "${EXPLAINED:-^\$}" || true
  # No fault explains that a number was given out twice.
  since_mark | grep -m 3 'violates unique constraint "[a-z_]*_pkey"' || true
}
