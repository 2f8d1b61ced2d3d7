package io.anemone.orchestrator.scheduler.slurm;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an answer's {@code errors}. Slurm 22.05 calls its number {@code error_number} in most answers and
 * {@code error_code} in those to a submit.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record SlurmError(
        @JsonProperty("error_number") @Nullable Integer number,
        @JsonProperty("error_code") @Nullable Integer code,
        @Nullable String error,
        @Nullable String description) {

    private static final int UNSPECIFIED = -1;

    int errno() {
        if (number != null) {
            return number;
        }
        return code != null ? code : UNSPECIFIED;
    }

    /** Slurm's own words. */
    String words() {
        String words = error != null ? error : description != null ? description : "no reason given";
        return words + " (Slurm error " + errno() + ")";
    }
}
