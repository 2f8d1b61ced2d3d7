/** What a job keeps on its node, and the files of its guests. */
@NullMarked
package io.anemone.agent.files;

import org.jspecify.annotations.NullMarked;
