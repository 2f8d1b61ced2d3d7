/** Commands about what the site offers: images, flavors, leases, nodes, partitions and pools. */
@NullMarked
package io.anemone.cli.site;

import org.jspecify.annotations.NullMarked;
