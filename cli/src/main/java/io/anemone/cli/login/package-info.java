/** Who is calling, and which site. */
@NullMarked
package io.anemone.cli.login;

import org.jspecify.annotations.NullMarked;
