# The orchestrator's log during one repeat.

orchestrator_log() { echo "$BOX_LOG/head/orchestrator.log"; }

mark_log() { wc -l <"$(orchestrator_log)" >"$DRILL_DIR/log-mark"; }

# What is said while the database is away; what was wanted of it is done later.
DATABASE_ERRORS='JDBC|database|SQL|connection|[Tt]ransaction|tick of the loop failed|Hibernate'

# Errors that the drill does not explain by its EXPLAINED.
unexplained_errors() {
  tail -n "+$(($(cat "$DRILL_DIR/log-mark") + 1))" "$(orchestrator_log)" | grep -E '^[0-9-]+ [0-9:,]+ ERROR ' | grep -Ev -- "${EXPLAINED:-^\$}" || true
}
