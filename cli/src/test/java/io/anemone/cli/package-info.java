/** The command against a small server that speaks the API's contract. */
@NullMarked
package io.anemone.cli;

import org.jspecify.annotations.NullMarked;
