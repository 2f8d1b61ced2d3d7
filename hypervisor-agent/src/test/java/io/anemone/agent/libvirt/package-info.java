@NullMarked
package io.anemone.agent.libvirt;

import org.jspecify.annotations.NullMarked;
